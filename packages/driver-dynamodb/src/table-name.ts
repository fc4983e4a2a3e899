import { isCollectionName, maxCollectionName } from "@nosql/core/driver"

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html */
const minLength = 3
const maxLength = 255

/** The most characters of a prefix: the longest name of a collection fits behind it. */
export const maxPrefix = maxLength - maxCollectionName

/** Fills names that are too short: no collection's name has it. */
const padding = "."

export function tableName(collection: string, prefix: string): string {
  return `${prefix}${collection}`.padEnd(minLength, padding)
}

/** The collection that a table is; undefined for tables of others. */
export function collectionOfTable(table: string, prefix: string): string | undefined {
  if (!table.startsWith(prefix)) return undefined
  const name = table.slice(prefix.length)
  const own = table.length === minLength ? name.replace(/\.+$/, "") : name
  return isCollectionName(own) ? own : undefined
}
