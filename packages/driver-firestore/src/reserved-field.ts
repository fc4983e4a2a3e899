/** What the driver itself keeps in a document begins so; core keeps the name for drivers, and reads leave it out. */
const reserved = "_nosql"

/** When the store may remove a document whose `ttl` counts from another moment than the field's own: Firestore's policies know no offset. */
export const expiresField = "_nosql_expires"

/** No document has it. */
export const conditionField = "_nosql_condition"

export function isReserved(field: string): boolean {
  return field.startsWith(reserved)
}
