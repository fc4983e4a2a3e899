import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import type { Value } from "@nosql/contracts"
import { type FieldPath, isArrayIndex, type UpdateNode } from "@nosql/core/driver"
import type { Aliases } from "./aliases.ts"
import type { Expression } from "./expression.ts"
import { printPath } from "./print-expression.ts"
import { dateKey, encodeValue } from "./value-codec.ts"

/** An update in DynamoDB's language. */
export interface CompiledUpdate {
  /** What each path is set to. */
  readonly sets: readonly string[]
  readonly removes: readonly string[]
  /** What has to hold of what is stored; core looks where it does not. */
  readonly guards: readonly Expression[]
  /** Whether it may be applied twice with one result. */
  readonly idempotent: boolean
}

/**
 * Translates an update whose every change DynamoDB does exactly or refuses, as it does a wrong type; core then does it.
 * Undefined where it would do something else.
 */
export function compileUpdate(update: readonly UpdateNode[], aliases: Aliases): CompiledUpdate | undefined {
  const sets: string[] = []
  const removes: string[] = []
  const guards: Expression[] = []
  let idempotent = true
  for (const node of update) {
    // An upsert's alone: it changes no document that is there.
    if (node.kind === "setOnInsert") continue
    if (!isPlain(node.path)) return undefined
    const path = printPath(node.path, aliases)
    switch (node.kind) {
      case "set":
        sets.push(`${path} = ${aliases.value(encodeValue(node.value))}`)
        break
      case "inc":
        sets.push(`${path} = ${orElse(path, { N: "0" }, aliases)} + ${aliases.value(encodeValue(node.by))}`)
        idempotent = false
        break
      case "push": {
        const { values, position, slice, sort } = node
        if (slice !== undefined || sort !== undefined || (position !== undefined && position !== 0))
          return undefined
        const list = orElse(path, { L: [] }, aliases)
        const added = aliases.value({ L: (values as Value[]).map(encodeValue) })
        sets.push(`${path} = list_append(${position === 0 ? `${added}, ${list}` : `${list}, ${added}`})`)
        idempotent = false
        break
      }
      case "unset":
        removes.push(path)
        break
      default:
        return undefined
    }
    if (node.kind !== "unset") guards.push(...parentGuards(node.path))
  }
  return sets.length + removes.length === 0 ? undefined : { sets, removes, guards, idempotent }
}

/** Behind the first, a segment of digits names a field or indexes a list, as what is stored has it. */
function isPlain(path: FieldPath): boolean {
  return !path.some((segment, i) => i > 0 && isArrayIndex(segment))
}

function orElse(path: string, value: AttributeValue, aliases: Aliases): string {
  return `if_not_exists(${path}, ${aliases.value(value)})`
}

/** What the path passes through are objects: to DynamoDB a date is a map, too, and not every server refuses a null. */
function parentGuards(path: FieldPath): Expression[] {
  return path.slice(1).flatMap((_, i): Expression[] => {
    const parent = path.slice(0, i + 1)
    return [
      { kind: "call", name: "attribute_type", path: parent, value: { S: "M" } },
      { kind: "call", name: "attribute_not_exists", path: [...parent, dateKey] },
    ]
  })
}
