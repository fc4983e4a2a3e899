import { noPositions } from "../parse/parse-update-path.ts"

const returned = 'write returnDocument: "after"'
const projected = "write projection: { name: 1 }"
const index = "it belongs to the index: { keys: { email: 1 }, unique: true }"

/** What to write instead of the options that people know from other libraries. */
const remedies: Readonly<Record<string, string>> = {
  new: returned,
  returnNewDocument: returned,
  returnOriginal: returned,
  orderBy: "write sort: { age: -1 }",
  fields: projected,
  select: projected,
  offset: "write skip",
  page: "pages go on by `after: page.next`",
  pageSize: "write size",
  cursor: "write after",
  maxTimeMS: "write timeoutMs",
  arrayFilters: noPositions,
  unique: index,
  name: index,
  expireAfterSeconds: "write ttl: { field, afterSeconds } in defineCollection",
}

/** The remedy for an option that an operation does not have. */
export function optionRemedy(name: string): string | undefined {
  return Object.hasOwn(remedies, name) ? remedies[name] : undefined
}
