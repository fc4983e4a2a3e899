import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import { assertNever, NoSQLError } from "@nosql/contracts"
import {
  and,
  type CollectionInfo,
  conjuncts,
  equalityOn,
  type FilterNode,
  type ReplaceRequest,
  type UpdateNode,
  type UpdateRequest,
  type WritePlan,
  type WriteRequest,
} from "@nosql/core/driver"
import { Aliases } from "./aliases.ts"
import { keyAttribute, revisionAttribute } from "./attribute-names.ts"
import { compileUpdate } from "./compile-update.ts"
import { derivedAttributes } from "./derived-attributes.ts"
import { type Expression, maxExpressionBytes } from "./expression.ts"
import { fitFilter } from "./fit-filter.ts"
import { freshRevision } from "./item-codec.ts"
import { wholeItem } from "./own-attributes.ts"
import { printExpression } from "./print-expression.ts"
import { settleUpdate } from "./settle-update.ts"
import type { TableState } from "./table-state.ts"
import type { Attributes } from "./value-codec.ts"

/** The write of one document, in one request. */
export type DynamoWrite =
  | (WriteTarget & {
      readonly kind: "update"
      readonly UpdateExpression: string
      /** Set where the condition says more than the filter: what it was made of, to look at an item that it does not hold of. */
      readonly guarded?: { readonly filter: FilterNode; readonly update: readonly UpdateNode[] }
    })
  | (WriteTarget & { readonly kind: "replace"; readonly Item: Attributes; readonly upsert: boolean })
  | (WriteTarget & { readonly kind: "delete" })

interface WriteTarget extends ExpressionParts {
  readonly table: string
  /** That of the definitions by which it was planned. */
  readonly version: number
  readonly id: string
  /** The token of an update or a replacement: no other write has it. */
  readonly revision: AttributeValue
  readonly returning?: "before" | "after"
}

interface ExpressionParts {
  readonly ConditionExpression: string
  readonly ExpressionAttributeNames?: Record<string, string>
  readonly ExpressionAttributeValues?: Record<string, AttributeValue>
}

/** Plans the write of one document by its `_id`, where one request does it exactly. */
export function planWrite(
  _collection: CollectionInfo,
  request: WriteRequest,
  state: TableState,
): WritePlan<DynamoWrite> | undefined {
  const id = equalityOn(request.filter, ["_id"])
  if (id?.kind !== "compare" || typeof id.value !== "string") return undefined
  const filters = conjuncts(request.filter).filter((node) => node !== id)
  // An update that inserts sets other fields than one that changes; a replacement is the same, where the filter asks for nothing that a new one might not be.
  const upsert = request.kind !== "delete" && request.upsert !== undefined
  if (upsert && (request.kind !== "replace" || filters.length > 0)) return undefined
  const native = compileWrite(request, id.value, filters, state)
  return native === undefined ? undefined : { access: "key", reasons: ["_id is given"], native }
}

function compileWrite(
  request: WriteRequest,
  id: string,
  filters: readonly FilterNode[],
  state: TableState,
): DynamoWrite | undefined {
  const { table, version, unique } = state
  const revision = freshRevision()
  const target = {
    table,
    version,
    id,
    revision,
    ...(request.returning === undefined ? {} : { returning: request.returning }),
  }
  switch (request.kind) {
    case "update":
      return compileChange(request, target, filters, state)
    case "replace": {
      if (unique.length > 0) return undefined
      const aliases = new Aliases()
      const upsert = request.upsert !== undefined
      const condition = upsert
        ? printExpression(notYet(revision), aliases)
        : compileCondition(filters, [notYet(revision)], aliases)
      const Item = replacementItem(request, target, state)
      if (condition === undefined || Item === undefined) return undefined
      return { ...target, kind: "replace", Item, upsert, ConditionExpression: condition, ...aliases.parts() }
    }
    case "delete": {
      if (unique.length > 0) return undefined
      const aliases = new Aliases()
      const condition = compileCondition(filters, [], aliases)
      if (condition === undefined) return undefined
      return { ...target, kind: "delete", ConditionExpression: condition, ...aliases.parts() }
    }
    default:
      return assertNever(request)
  }
}

type Target = Omit<WriteTarget, keyof ExpressionParts>

function compileChange(
  { update }: UpdateRequest,
  target: Target,
  filters: readonly FilterNode[],
  state: TableState,
): DynamoWrite | undefined {
  const aliases = new Aliases()
  const settled = settleUpdate(update, new Date())
  const compiled = compileUpdate(settled.nodes, aliases)
  const derived = orUndefined(() => derivedAttributes(target.id, settled.nodes, state))
  if (compiled === undefined || derived === undefined) return undefined
  const sets = [...compiled.sets, `${aliases.name(revisionAttribute)} = ${aliases.value(target.revision)}`]
  const removes = [...compiled.removes]
  for (const [name, value] of derived) {
    if (value === undefined) removes.push(aliases.name(name))
    else sets.push(`${aliases.name(name)} = ${aliases.value(value)}`)
  }
  const expression = `SET ${sets.join(", ")}${removes.length === 0 ? "" : ` REMOVE ${removes.join(", ")}`}`
  const own = [...settled.guards, ...compiled.guards]
  const condition = compileCondition(filters, [notYet(target.revision), ...own], aliases, mark(state))
  if (condition === undefined || Buffer.byteLength(expression) > maxExpressionBytes) return undefined
  return {
    ...target,
    kind: "update",
    UpdateExpression: expression,
    ...(own.length === 0 ? {} : { guarded: { filter: and(filters), update } }),
    ConditionExpression: condition,
    ...aliases.parts(),
  }
}

/** A key that is too long is refused where the document is read, with its path. */
function replacementItem(
  { replacement }: ReplaceRequest,
  { id, revision }: Target,
  state: TableState,
): Attributes | undefined {
  return orUndefined(() => wholeItem({ _id: id, ...replacement }, state, revision, { operation: "replace" }))
}

function orUndefined<R>(work: () => R): R | undefined {
  try {
    return work()
  } catch (error) {
    if (NoSQLError.isInstance(error)) return undefined
    throw error
  }
}

/**
 * What an update finds in each document that it may change. One without a revision is another program's and may lack its places in the indexes, so where there
 * are any, it is read and written whole.
 */
function mark({ maintained, ttl }: TableState): string {
  return maintained.length > 0 || ttl !== undefined ? revisionAttribute : keyAttribute
}

/** The document is there and matches; undefined where DynamoDB cannot be asked exactly that. `marked`: an attribute that it has. */
function compileCondition(
  filters: readonly FilterNode[],
  guards: readonly Expression[],
  aliases: Aliases,
  marked = keyAttribute,
): string | undefined {
  const isThere: Expression = { kind: "call", name: "attribute_exists", path: [marked] }
  const { expression, rest } = fitFilter(filters, [isThere, ...guards])
  return rest.length > 0 || expression === undefined ? undefined : printExpression(expression, aliases)
}

/** Where the SDK repeats a request whose answer was lost, it is not done twice. */
function notYet(revision: AttributeValue): Expression {
  return { kind: "compare", operator: "<>", path: [revisionAttribute], value: revision }
}
