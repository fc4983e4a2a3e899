import { isDeepStrictEqual } from "node:util"
import { NoSQLError } from "@nosql/contracts"
import type { DriverCall } from "@nosql/core/driver"
import { Aliases } from "./aliases.ts"
import { asRead, type Unconditioned } from "./as-read.ts"
import { revisionAttribute } from "./attribute-names.ts"
import { countOperators, maxExpressionBytes, maxOperators } from "./expression.ts"
import { printExpression } from "./print-expression.ts"
import type { Attributes } from "./value-codec.ts"
import type { ItemWrite } from "./write-item.ts"

/** The item that is written over, as it was read. */
export interface OverTarget {
  readonly table: string
  /** Names the document in an error. */
  readonly id: string
  readonly key: Attributes
  readonly item: Attributes
  readonly isKey: Unconditioned
}

/**
 * The write of an item on the condition that it is as it was read. Only what differs is written, so that an attribute stays that
 * another program added meanwhile: no condition can tell of a name that nobody knows.
 */
export function writeOver(
  { table, id, key, item, isKey }: OverTarget,
  next: Attributes | undefined,
  call: DriverCall,
  collection: string,
): ItemWrite {
  const aliases = new Aliases()
  const condition = asRead(item, next ?? {}, isKey)
  const ConditionExpression = printExpression(condition, aliases)
  const UpdateExpression = next === undefined ? "" : printChanges(item, next, isKey, aliases)
  if (
    countOperators(condition) > maxOperators ||
    Math.max(Buffer.byteLength(ConditionExpression), Buffer.byteLength(UpdateExpression)) > maxExpressionBytes
  )
    throw tooWide(call, collection, id)
  const request = {
    TableName: table,
    Key: key,
    ConditionExpression,
    ...aliases.parts(),
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  } as const
  if (next === undefined) return { Delete: request }
  return { Update: { ...request, UpdateExpression: UpdateExpression === "" ? undefined : UpdateExpression } }
}

/** From one image of an item to the next; its revision is always written, since a transaction takes no update that changes nothing. */
function printChanges(item: Attributes, next: Attributes, isKey: Unconditioned, aliases: Aliases): string {
  const sets = Object.entries(next).flatMap(([name, value]) =>
    isKey(name) || (isSame(item, next, name) && name !== revisionAttribute)
      ? []
      : [`${aliases.name(name)} = ${aliases.value(value)}`],
  )
  const removes = Object.keys(item).flatMap((name) =>
    isKey(name) || Object.hasOwn(next, name) ? [] : [aliases.name(name)],
  )
  return [
    ...(sets.length === 0 ? [] : [`SET ${sets.join(", ")}`]),
    ...(removes.length === 0 ? [] : [`REMOVE ${removes.join(", ")}`]),
  ].join(" ")
}

function isSame(a: Attributes, b: Attributes, name: string): boolean {
  return Object.hasOwn(a, name) && isDeepStrictEqual(a[name], b[name])
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters */
function tooWide({ operation }: DriverCall, collection: string, id: string): NoSQLError {
  return new NoSQLError(
    "failed-precondition",
    `${operation}: another program wrote the document, details.id, and it has more fields than one condition of DynamoDB's holds (4 KB, 300 operators), so nothing shows whether it is as it was read; write it with the SDK's client, store.unwrap()`,
    { operation, collection, backend: "dynamodb", retryable: false, details: { id } },
  )
}
