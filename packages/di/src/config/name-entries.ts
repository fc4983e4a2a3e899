import type { ConfigNode, Entry, ObjectNode } from "./config-node.ts"
import { isClosed, type JsonSchema, propertiesOf } from "./json-schema.ts"
import { mergeByName } from "./merge-nodes.ts"
import { nameKey, spellingsOf } from "./spelling.ts"

/** The entries of an object, as its schema sees their names. */
export interface NamedEntries {
  /** By the schema's own name, or by one that the user chose: all that is written under it. */
  readonly nodes: ReadonlyMap<string, ConfigNode>
  /** Names that a closed schema does not have. */
  readonly unknown: readonly Entry[]
  /** Entries of a name that the same object has before. */
  readonly repeated: readonly Entry[]
}

export function nameEntries({ entries }: ObjectNode, schema: JsonSchema): NamedEntries {
  const properties = Object.keys(propertiesOf(schema))
  const chosen = entries.filter(({ spelling }) => spelling !== "variable").map(({ name }) => name)
  const nameOf = (entry: Pick<Entry, "name" | "spelling">) =>
    properties.find((property) => spellingsOf(property, entry.spelling).includes(entry.name)) ??
    (isClosed(schema) ? undefined : ownName(entry, chosen))
  const named = entries.map((entry) => ({ entry, name: nameOf(entry) }))
  return {
    nodes: mergeByName(named.flatMap(({ entry, name }) => (name === undefined ? [] : [[name, entry.node]]))),
    unknown: named.filter(({ name }) => name === undefined).map(({ entry }) => entry),
    repeated: named
      .filter(
        ({ entry: { before, spelling }, name }) =>
          name !== undefined && before !== undefined && nameOf({ name: before, spelling }) === name,
      )
      .map(({ entry }) => entry),
  }
}

/**
 * A name that the user chose, such as a collection's: every letter counts. A variable cannot tell upper case from lower: it means the name
 * that other sources have, else one in lower case.
 */
function ownName({ name, spelling }: Pick<Entry, "name" | "spelling">, chosen: readonly string[]): string {
  if (spelling !== "variable") return name
  const quiet = /[a-z]/.test(name) ? name : name.toLowerCase()
  return (
    [name, quiet].find((candidate) => chosen.includes(candidate)) ??
    chosen.find((other) => nameKey(other) === nameKey(name)) ??
    quiet
  )
}
