import type { Document } from "@nosql/contracts"
import fc, { type Arbitrary } from "fast-check"
import { conformingDocument, type Profile } from "../profiles.ts"
import { type IdPool, randomDocuments } from "./documents.ts"
import { type FilterOptions, randomFilter } from "./filters.ts"
import { type Read, randomRead } from "./reads.ts"
import { randomWrite, type Write } from "./writes.ts"

/** What a collection is asked or told to do. */
export type RandomCall = Read | Write

/** Documents, and the calls that are made of them. */
export type Question = readonly [documents: readonly Document[], calls: readonly RandomCall[]]

/** Calls that are made of one set of documents. */
const callsARound = 25

export function randomQuestions(
  mode: "reads" | "writes",
  { mixed, ...options }: Omit<FilterOptions, "idRanges"> & IdPool,
): Arbitrary<Question> {
  const call: Arbitrary<RandomCall> =
    mode === "reads"
      ? randomRead({ ...options, idRanges: !mixed })
      : // Upserts bring ids of the store's own kind in among the others.
        randomWriteOrFind({ ...options, idRanges: false })
  return fc.tuple(
    randomDocuments(options.ids),
    fc.array(call, { minLength: 1, maxLength: callsARound, size: "max" }),
  )
}

/** The same questions about documents that conform to a profile's declaration. */
export function conformingQuestions(questions: Arbitrary<Question>, profile: Profile): Arbitrary<Question> {
  if (profile.required === undefined) return questions
  return questions.map(([documents, calls]) => [
    documents.map((document) => conformingDocument(document, profile)),
    calls,
  ])
}

/** Finds in between tell whether an index still knows what is there. */
function randomWriteOrFind(options: FilterOptions): Arbitrary<RandomCall> {
  const find = randomFilter(options).map((filter): Read => ({ call: "find", filter, options: {} }))
  return fc.oneof({ weight: 4, arbitrary: randomWrite(options) }, { weight: 1, arbitrary: find })
}
