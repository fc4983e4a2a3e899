import { idProblem } from "./id-problem.ts"

/** Where a collection's documents lie, where its name does not say so; below `pathPrefix`. */
export type CollectionPlace =
  | { readonly path: string } // one collection: in a document (`users/ada/items`), or of a name that is no portable one
  | { readonly group: string } // all collections of this name, wherever they lie: to be read only

/** Why no collection can lie there, or undefined: a collection, an id, and so on, a collection at the end. */
export function placeProblem(path: string): string | undefined {
  const parts = path.split("/")
  const bad = parts.some((part) => idProblem(part) !== undefined)
  return !bad && parts.length % 2 === 1
    ? undefined
    : 'is the path of a collection, such as "users/ada/items": a collection, an id, and so on, a collection at the end'
}

/** Why a group cannot have this name, or undefined. */
export function groupProblem(group: string): string | undefined {
  return idProblem(group) === undefined ? undefined : "is the name of collections, without a slash"
}

/** The name of a collection at the end of a path: what indexes are made for. */
export function lastName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1)
}
