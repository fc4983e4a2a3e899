/** Where the driver keeps which indexes it made: a document a collection, named after it. */
export const catalogCollection = "nosql__indexes"

const sentinelSuffix = "__nosql_unique"

/** Where the values of a collection's unique indexes are kept, a document each. */
export function sentinelCollection(collection: string): string {
  return collection + sentinelSuffix
}

export function isOwnCollection(name: string): boolean {
  return name === catalogCollection || name.endsWith(sentinelSuffix)
}
