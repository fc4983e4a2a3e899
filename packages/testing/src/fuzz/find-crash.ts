import { randomUUID } from "node:crypto"
import { inspect } from "node:util"
import { type Collection, type Document, type DocumentStore, NoSQLError } from "@nosql/contracts"
import { connect } from "@nosql/core"
import type { Driver } from "@nosql/core/driver"
import fc from "fast-check"
import type { RandomSettings } from "../random/settings.ts"
import { supportOf } from "../random/supported.ts"
import { type Arguments, randomArguments } from "./arguments.ts"
import { calls } from "./calls.ts"
import { Planted } from "./garbage.ts"

/** What a run of the fuzzer found. */
export interface FuzzOutcome {
  readonly runs: number
  /** How many calls were answered, and how many refused. */
  readonly answered: number
  readonly refused: number
  /** What was neither: absent where there is nothing of the kind. */
  readonly crash?: string
}

/** A call that takes longer hangs, in milliseconds. */
const patience = 5000

/**
 * Calls a driver's collection with arguments good, spoiled and absurd: each call gives an answer or a NoSQLError, and nothing else:
 * no other error, no hang, no changed prototype, no document that could not have been inserted.
 */
export async function findCrash(driver: Driver, { seed, runs }: RandomSettings): Promise<FuzzOutcome> {
  const store = await connect(driver, { scans: "allow", logger: { warn: () => {} } })
  const given = randomArguments(supportOf(driver.capabilities))
  const call = fc.constantFrom(...Object.keys(calls))
  const tally = { runs: 0, answered: 0, refused: 0 }
  const before = prototypes()
  try {
    for (let now = seed; tally.runs < runs; now++) {
      const target = store.collection<Document>(`fuzz-${randomUUID()}`)
      const property = fc.asyncProperty(call, given, async (name, args) => {
        tally.runs++
        tally[await tryCall(store, target, name, args)]++
        if (prototypes() !== before) throw new Error("a prototype was changed")
      })
      const found = await fc.check(property, { seed: now, numRuns: 100 })
      await checkStored(target)
      await store.dropCollection(target.name)
      if (found.counterexample !== null)
        return { ...tally, crash: describe(found.errorInstance, now, found.counterexample) }
    }
    return tally
  } finally {
    await store.close()
  }
}

async function tryCall(
  store: DocumentStore,
  target: Collection<Document>,
  name: string,
  given: Arguments,
): Promise<"answered" | "refused"> {
  let timer: NodeJS.Timeout | undefined
  const hang = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${name} takes longer than ${patience} ms`)), patience)
  })
  try {
    await Promise.race([calls[name]?.(target, given, store), hang])
    return "answered"
  } catch (error) {
    if (isPlanted(error)) return "refused"
    // An unknown code is an error that nobody expected, in a good dress.
    if (!NoSQLError.isInstance(error) || error.code === "unknown") throw error
    JSON.stringify(error)
    inspect(error)
    return "refused"
  } finally {
    clearTimeout(timer)
  }
}

/** What a caller's object threw, as it was or as the cause of what is said of several documents. */
function isPlanted(error: unknown): boolean {
  return error instanceof Planted || (NoSQLError.isInstance(error) && error.cause instanceof Planted)
}

/** What is stored could be inserted as it is. */
async function checkStored(target: Collection<Document>): Promise<void> {
  const documents: readonly Document[] = await target.find({}).toArray()
  await target.deleteMany({})
  for (const document of documents) await target.insertOne(document)
}

function prototypes(): string {
  return [Object.prototype, Array.prototype, Function.prototype, Promise.prototype]
    .map((prototype) => Reflect.ownKeys(prototype).map(String).join())
    .join(";")
}

function describe(error: unknown, seed: number, [name, given]: readonly [string, Arguments]): string {
  return `${inspect(error, { depth: 1 })}\nreproduce: SEED=${seed} RUNS=1\n${name}(${printArguments(given)})`
}

function printArguments(given: Arguments): string {
  return Object.entries(given)
    .map(([name, value]) => `\n  ${name}: ${print(value).slice(0, 300)}`)
    .join("")
}

function print(value: unknown): string {
  try {
    return fc.stringify(value)
  } catch {
    return "<cannot be printed>"
  }
}
