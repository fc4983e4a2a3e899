import type { CollectionOptions, Document } from "@nosql/contracts"

/** How a collection of the random documents is described; the answers must not depend on it. */
export interface Profile {
  readonly name: string
  readonly options?: CollectionOptions<Document>
  /** The fields declared `bigint`, which always read as bigint and have int64's arithmetic. */
  readonly bigintFields: readonly string[]
  /** False where updates of random kinds would not conform to the declaration. @default true */
  readonly writes?: boolean
  /** The values of fields that are always there, for documents that lack them. */
  readonly required?: Document
}

export const profiles: readonly Profile[] = [
  { name: "plain", bigintFields: [] },
  // A restricted store knows the first index only, so each profile has another in front.
  {
    name: "byNumber",
    options: { indexes: [{ keys: { n: 1 } }, { keys: { s: 1, n: -1 } }, { keys: { d: -1 } }] },
    bigintFields: [],
  },
  {
    name: "byText",
    options: { indexes: [{ keys: { s: 1, m: -1 } }, { keys: { "o.n": 1 } }, { keys: { b: 1, big: 1 } }] },
    bigintFields: [],
  },
  { name: "ledger", options: { fields: { big: "bigint|null?" } }, bigintFields: ["big"] },
  {
    name: "declared",
    writes: false,
    options: {
      fields: {
        n: "number|null?",
        big: "bigint|null?",
        s: "string|null?",
        b: "boolean|null?",
        d: "date|null?",
        bin: "binary?",
        tags: "array|null?",
        h: "object?",
        "h.n": "number|null?",
        "h.s": "string?",
      },
      indexes: [{ keys: { "h.n": 1, s: -1 } }, { keys: { big: -1 } }],
    },
    bigintFields: ["big"],
  },
  // What is known to be there may be sorted by, and asked for the complement of, in stores that otherwise look at each document.
  {
    name: "whole",
    writes: false,
    options: {
      fields: { n: "number|null", m: "number", s: "string", b: "boolean", d: "date", t: "string|null" },
      indexes: [{ keys: { b: 1, n: 1 } }, { keys: { s: 1, d: -1 } }, { keys: { n: 1, m: 1 } }],
    },
    required: { n: null, m: 0, s: "", b: false, d: new Date(0), t: null },
    bigintFields: [],
  },
]

/** A random document as a profile's declaration demands it. */
export function conformingDocument(document: Document, { required = {} }: Profile): Document {
  const lacking = Object.entries(required).filter(([field, value]) => {
    return document[field] === undefined || (document[field] === null && value !== null)
  })
  return lacking.length === 0 ? document : { ...document, ...Object.fromEntries(lacking) }
}
