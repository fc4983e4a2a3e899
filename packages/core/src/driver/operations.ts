/** What an operation changes: documents (of one statement, or of several that are not one transaction), or what there is of collections and indexes. */
type Changes = "nothing" | "one statement" | "statements" | "definitions"

/** Every operation by the name under which calls, errors and traces know it, and what it changes. */
export const operations = {
  get: "nothing",
  getMany: "nothing",
  findOne: "nothing",
  find: "nothing",
  page: "nothing",
  count: "nothing",
  estimatedCount: "nothing",
  exists: "nothing",
  distinct: "nothing",
  explain: "nothing",
  insertOne: "one statement",
  updateOne: "one statement",
  replaceOne: "one statement",
  deleteOne: "one statement",
  findOneAndUpdate: "one statement",
  findOneAndReplace: "one statement",
  findOneAndDelete: "one statement",
  insertMany: "statements",
  updateMany: "statements",
  deleteMany: "statements",
  bulkWrite: "statements",
  listIndexes: "nothing",
  ensureIndexes: "nothing", // in itself: what is missing is made by `createIndexes`
  createIndex: "definitions",
  dropIndex: "definitions",
  createCollection: "definitions",
  dropCollection: "definitions",
  listCollections: "nothing",
  health: "nothing",
} as const satisfies Record<string, Changes>

export type OperationName = keyof typeof operations

function changesOf(operation: string): Changes | undefined {
  return Object.hasOwn(operations, operation) ? operations[operation as OperationName] : undefined
}

/** Whether an operation writes documents, so that a lost answer leaves open whether it did. */
export function writesDocuments(operation: string): boolean {
  const changes = changesOf(operation)
  return changes === "one statement" || changes === "statements"
}

/** Whether it does so in several statements: a stop half-way leaves some of them done. */
export function writesInStatements(operation: string): boolean {
  return changesOf(operation) === "statements"
}

/** Whether a collection that can only be read refuses it. */
export function changesSomething(operation: string): boolean {
  return (changesOf(operation) ?? "nothing") !== "nothing"
}
