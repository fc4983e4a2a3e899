import { noPositions } from "../parse/parse-update-path.ts"

interface Remedy {
  /** The option that does it here. */
  readonly option?: string
  readonly text: string
  /** Where the operation has no such option. */
  readonly otherwise?: string
}

const returned: Remedy = {
  option: "returnDocument",
  text: 'write returnDocument: "after"',
  otherwise: "findOneAndUpdate and findOneAndReplace return the document",
}
const projected: Remedy = {
  option: "projection",
  text: "write projection: { name: 1 }",
  otherwise: "find and findOne take a projection",
}
const paged = "pages are made by page(filter, { size, after })"
const skipped: Remedy = {
  option: "skip",
  text: "write skip",
  otherwise: "find takes skip; pages go on by `after: page.next`",
}
const sized: Remedy = {
  option: "size",
  text: "write size",
  otherwise: paged,
}
const index: Remedy = { text: "it belongs to the index: { keys: { email: 1 }, unique: true }" }

/** What to write instead of the options that people know from other libraries. */
const remedies: Readonly<Record<string, Remedy>> = {
  new: returned,
  returnNewDocument: returned,
  returnOriginal: returned,
  orderBy: { option: "sort", text: "write sort: { age: -1 }" },
  fields: projected,
  select: projected,
  offset: skipped,
  page: { text: "pages go on by `after: page.next`, and are made by page(filter, { size, after })" },
  pageSize: sized,
  cursor: { option: "after", text: "write after", otherwise: paged },
  maxTimeMS: { option: "timeoutMs", text: "write timeoutMs" },
  arrayFilters: { text: noPositions },
  unique: index,
  expireAfterSeconds: { text: "write ttl: { field, afterSeconds } in defineCollection" },
}

/** The remedy for an option that an operation does not have; `known` are those that it has. */
export function optionRemedy(name: string, known: readonly string[]): string | undefined {
  const remedy = Object.hasOwn(remedies, name) ? remedies[name] : undefined
  if (remedy?.option === undefined || known.includes(remedy.option)) return remedy?.text
  return remedy.otherwise
}
