import type { CreateTableCommandInput } from "@aws-sdk/client-dynamodb"
import type { CollectionDefinition } from "@nosql/contracts"
import { collectionInfo } from "@nosql/core/driver"
import { tableDefinition } from "./table-definition.ts"
import { tableName } from "./table-name.ts"

/**
 * The table of a collection with its indexes, as data for whatever makes your tables; to the table that it makes, `ensureIndexes()` then adds what it has to know of them.
 * Before the first write, that is all, and the indexes are ready; later they are built (`finishIndexes`).
 * Not in it: the attribute of the TTL, which is `_nosql_ttl` where the collection declares one.
 *
 * @example
 * new CreateTableCommand(toCreateTableInput(Users, { tablePrefix: "app-" }))
 */
export function toCreateTableInput(
  collection: CollectionDefinition<never> | CollectionDefinition<unknown> | string,
  { tablePrefix = "" }: { readonly tablePrefix?: string } = {},
): CreateTableCommandInput {
  const { name, indexes } = collectionInfo(collection as CollectionDefinition<unknown>)
  return tableDefinition(tableName(name, tablePrefix), indexes)
}
