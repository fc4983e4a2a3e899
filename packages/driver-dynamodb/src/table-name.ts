/** Shorter names are padded with what no collection's name has. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html */
const minLength = 3
const padding = "."

export function tableName(collection: string, prefix: string): string {
  return `${prefix}${collection}`.padEnd(minLength, padding)
}

/** The collection that a table is; undefined for tables of others. */
export function collectionOfTable(table: string, prefix: string): string | undefined {
  if (!table.startsWith(prefix)) return undefined
  const name = table.slice(prefix.length)
  const own = table.length === minLength ? name.replace(/\.+$/, "") : name
  return /^[A-Za-z][A-Za-z0-9_-]{0,127}$/.test(own) ? own : undefined
}
