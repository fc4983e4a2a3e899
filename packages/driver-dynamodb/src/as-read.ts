import { revisionAttribute } from "./attribute-names.ts"
import { allOf, type Expression } from "./expression.ts"
import type { Attributes } from "./value-codec.ts"

/** What of an item a condition is not on: its key, which is in the request, and what is not written. */
export type Unconditioned = (name: string) => boolean

/**
 * That an item is as it was read: by its revision, or, where another program wrote it, by each value that was read. Of attributes that were not there, those that
 * would be written are still not.
 */
export function asRead(item: Attributes, next: Attributes, isKey: Unconditioned): Expression {
  const revision = item[revisionAttribute]
  if (revision !== undefined)
    return { kind: "compare", operator: "=", path: [revisionAttribute], value: revision }
  const arms = Object.entries(item).flatMap(([name, value]): Expression[] =>
    isKey(name) ? [] : [{ kind: "compare", operator: "=", path: [name], value }],
  )
  const keys = Object.keys(item).filter(isKey)
  const added = Object.keys(next).filter((name) => !Object.hasOwn(item, name) && !isKey(name))
  return (
    allOf([
      // Of an item that is its key alone there is nothing else to tell.
      ...keys.map((name): Expression => ({ kind: "call", name: "attribute_exists", path: [name] })),
      ...arms,
      ...added.map((name): Expression => ({ kind: "call", name: "attribute_not_exists", path: [name] })),
    ]) ?? { kind: "call", name: "attribute_not_exists", path: [revisionAttribute] }
  )
}
