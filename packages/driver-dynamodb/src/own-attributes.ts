import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import type { Document, NoSQLError } from "@nosql/contracts"
import { argumentError } from "@nosql/core/driver"
import { keyAttribute, revisionAttribute, ttlAttribute } from "./attribute-names.ts"
import { documentProblem } from "./document-problem.ts"
import { indexAttributes, type KeyContext } from "./index-key.ts"
import { itemOf } from "./item-codec.ts"
import type { TableState } from "./table-state.ts"
import { ttlSeconds } from "./ttl.ts"
import type { Attributes } from "./value-codec.ts"

/** What stands in a document's item beside its fields: its revision, its places in the indexes, and when it expires. */
export function ownAttributes(
  document: Document,
  { maintained, ttl }: TableState,
  revision: AttributeValue,
  context: KeyContext,
): Attributes {
  const expires = ttl === undefined ? undefined : ttlSeconds(document, ttl)
  return {
    [revisionAttribute]: revision,
    ...indexAttributes(document, maintained, context),
    ...(expires === undefined ? {} : { [ttlAttribute]: expires }),
  }
}

/** The whole item of a document. Throws a NoSQLError where an index or DynamoDB cannot hold it. */
export function wholeItem(
  document: Document,
  state: TableState,
  revision: AttributeValue,
  context: KeyContext,
): Attributes {
  const own = ownAttributes(document, state, revision, context)
  const problem = documentProblem(document, sizeOfOwn(document["_id"] as string, own))
  if (problem !== undefined) throw tooLarge(problem, context)
  return itemOf(document, own)
}

/** At most so many bytes: the key, and what stands beside the fields. */
function sizeOfOwn(id: string, own: Attributes): number {
  let size = keyAttribute.length + "d#".length + Buffer.byteLength(id)
  for (const name in own) size += Buffer.byteLength(name) + (own[name]?.B?.length ?? mostNumber)
  return size
}

/** A revision and a time have 16 digits at most: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
const mostNumber = 9

function tooLarge(problem: string, { operation, collection }: KeyContext): NoSQLError {
  return argumentError({ operation, collection, backend: "dynamodb" }, "", problem)
}
