import type { ConfigSource } from "./config-source.ts"
import type { Spelling } from "./spelling.ts"

/** A configuration as it was written, each part with its source. */
export type ConfigNode = ObjectNode | ListNode | ValueNode // anything else, class instances included

interface Written {
  readonly source: ConfigSource
  /** Where it is in the configuration, as code spells it. */
  readonly path: string
}

export interface ObjectNode extends Written {
  readonly kind: "object"
  /** The later over the earlier. Which of them are of one name, the schema says: spellings of a setting are, names of the user's own are not. */
  readonly entries: readonly Entry[]
}

interface ListNode extends Written {
  readonly kind: "list"
  readonly items: readonly ConfigNode[]
}

interface ValueNode extends Written {
  readonly kind: "value"
  readonly value: unknown
  /** From a variable: the schema says whether the text is a number, a boolean or JSON. */
  readonly text: boolean
}

export interface Entry {
  /** The name, as it was written. */
  readonly name: string
  readonly spelling: Spelling
  /** Another spelling of it that stands before it in the same object. */
  readonly before: string | undefined
  readonly node: ConfigNode
}

export function joinPath(path: string, name: string | number): string {
  if (typeof name === "number") return `${path}[${name}]`
  return path === "" ? name : `${path}.${name}`
}
