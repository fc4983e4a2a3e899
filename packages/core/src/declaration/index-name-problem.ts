/** Why no index can be made or dropped by this name; undefined where one can. */
export function indexNameProblem(name: unknown): string | undefined {
  if (typeof name !== "string" || name === "") return "the name of an index is a text"
  return name === "_id_" ? 'the index of _id, "_id_", is there in every collection and stays' : undefined
}
