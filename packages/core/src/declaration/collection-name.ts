import { argumentError } from "../values/argument-error.ts"

/** The most characters of a collection's name. */
export const maxCollectionName = 128

/** Whether this is a collection's name on every store. */
export function isCollectionName(name: unknown): name is string {
  return (
    typeof name === "string" &&
    name.length <= maxCollectionName &&
    /^[A-Za-z][A-Za-z0-9_-]*$/.test(name) &&
    !/^system/i.test(name)
  )
}

/**
 * Throws `invalid-argument` where a name is no collection's.
 *
 * @param pathProblem of stores that have collections in documents: why a path is none; undefined where they have not.
 */
export function checkCollectionName(
  name: string,
  operation: string,
  pathProblem?: (path: string) => string | undefined,
): void {
  if (isCollectionName(name)) return
  const isPath = isCollectionPath(name)
  const problem = isPath ? pathProblem?.(name) : undefined
  if (isPath && pathProblem !== undefined && problem === undefined) return
  const plain = `a collection name is a letter, then up to ${maxCollectionName - 1} letters, digits, _ or -, and does not begin with system`
  const foreign = isPath ? "; only stores with collections in documents take a path" : ""
  const collection = typeof name === "string" ? name : undefined
  throw argumentError({ operation, collection }, "name", problem ?? plain + foreign)
}

/** The path of a collection in a document: a collection, an id, and so on, a collection at the end. */
function isCollectionPath(name: unknown): boolean {
  const parts = typeof name === "string" ? name.split("/") : []
  return parts.length > 1 && parts.length % 2 === 1 && !parts.includes("")
}
