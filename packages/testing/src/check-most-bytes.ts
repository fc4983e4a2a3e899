import type { Document } from "@nosql/contracts"
import { connect } from "@nosql/core"
import { type Capabilities, type DriverStore, features } from "@nosql/core/driver"
import fc from "fast-check"

const capabilities = Object.fromEntries(features.map((feature) => [feature, "native"])) as Capabilities

/** What core tells a driver's `documentProblem` of a document beside it: undefined where that is nothing. */
async function mostBytesOf(document: Document): Promise<number | undefined> {
  let told: number | undefined
  const store: Partial<DriverStore> = {
    documentProblem: (_document, mostBytes) => {
      told = mostBytes
      return undefined
    },
    runInsert: async () => ({ done: [0], failures: [] }),
  }
  const connected = await connect({
    name: "measuring",
    capabilities,
    connect: async () => store as DriverStore,
  })
  await connected.collection<Document>("measured").insertOne(document)
  return told
}

/**
 * Throws where a store takes more for a document than core tells `documentProblem` of it: then a driver must not go by that. Random documents, letters of all lengths.
 *
 * @param sizeOf bytes that the store takes.
 * @example
 * await checkMostBytes((document) => BSON.calculateObjectSize(document))
 */
export async function checkMostBytes(sizeOf: (document: Document) => number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(plainDocuments, async (fields) => {
      const document = { _id: "a", ...fields }
      const mostBytes = await mostBytesOf(document)
      const size = sizeOf(document)
      if (mostBytes === undefined || size > mostBytes)
        throw new Error(`the store takes ${size} bytes, and core said ${mostBytes}`)
    }),
    { numRuns: 300 },
  )
}

const plainDocuments = fc.object({
  key: fc.string({ unit: "binary", minLength: 1 }).filter((name) => !/^[$_]|[.\0]/.test(name)),
  values: [
    fc.string({ unit: "binary" }),
    fc.double({ min: -1e15, max: 1e15, noNaN: true }).map((n) => (Math.abs(n) < 1e-100 ? 0 : n)),
    fc.constant(-1.2345678901234568e-89),
    fc.date({ noInvalidDate: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.constantFrom(1, "", null), { minLength: 60, maxLength: 120 }),
  ],
  maxDepth: 4,
}) as fc.Arbitrary<Document>
