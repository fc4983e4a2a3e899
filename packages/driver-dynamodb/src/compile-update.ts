import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import type { Value } from "@nosql/contracts"
import { type FieldPath, isArrayIndex, type UpdateNode } from "@nosql/core/driver"
import type { Aliases } from "./aliases.ts"
import { dateKey } from "./attribute-names.ts"
import { compileFilter } from "./compile-filter.ts"
import { type Expression, negated } from "./expression.ts"
import { printPath } from "./print-expression.ts"
import { encodeValue } from "./value-codec.ts"

/** An update in DynamoDB's language. */
interface CompiledUpdate {
  /** What each path is set to. */
  readonly sets: readonly string[]
  readonly removes: readonly string[]
  /** What has to hold of what is stored; core looks where it does not. */
  readonly guards: readonly Expression[]
}

/**
 * Translates an update whose every change DynamoDB does exactly or refuses, as it does a wrong type; core then does it.
 * Undefined where it would do something else.
 */
export function compileUpdate(update: readonly UpdateNode[], aliases: Aliases): CompiledUpdate | undefined {
  const sets: string[] = []
  const removes: string[] = []
  const guards: Expression[] = []
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
        break
      case "push": {
        const { values, position, slice, sort } = node
        if (slice !== undefined || sort !== undefined || (position !== undefined && position !== 0))
          return undefined
        const list = orElse(path, { L: [] }, aliases)
        const added = aliases.value({ L: (values as Value[]).map(encodeValue) })
        sets.push(`${path} = list_append(${position === 0 ? `${added}, ${list}` : `${list}, ${added}`})`)
        break
      }
      case "addToSet": {
        const [value, ...more] = node.values
        if (value === undefined || more.length > 0) return undefined
        const absent = notIn(node.path, value)
        if (absent === undefined) return undefined
        const added = aliases.value({ L: [encodeValue(value)] })
        sets.push(`${path} = list_append(${orElse(path, { L: [] }, aliases)}, ${added})`)
        guards.push(absent)
        break
      }
      case "unset":
        removes.push(path)
        break
      case "rename":
        if (!isPlain(node.to)) return undefined
        // What is on the right is the item as it was.
        sets.push(`${printPath(node.to, aliases)} = ${path}`)
        removes.push(path)
        guards.push({ kind: "call", name: "attribute_exists", path: node.path }, ...parentGuards(node.to))
        break
      default:
        return undefined
    }
    if (node.kind !== "unset") guards.push(...parentGuards(node.path))
  }
  return sets.length + removes.length === 0 ? undefined : { sets, removes, guards }
}

/** That nothing is there, or a list without the value: what else is there core looks at. Undefined where DynamoDB's equality is another. */
function notIn(path: FieldPath, value: Value): Expression | undefined {
  const { expression, exact } = compileFilter({ kind: "contains", path, values: [value] })
  if (expression === undefined || !exact) return undefined
  return {
    kind: "or",
    arms: [
      { kind: "call", name: "attribute_not_exists", path },
      {
        kind: "and",
        arms: [{ kind: "call", name: "attribute_type", path, value: { S: "L" } }, negated(expression)],
      },
    ],
  }
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
