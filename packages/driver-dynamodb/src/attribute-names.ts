/** What begins an attribute of ours; core refuses fields that begin so. */
export const reservedPrefix = "_nosql"
/** The table's one key: `d#<_id>` for documents, `u#…` for unique values, `m#…` for what is known of the table. */
export const keyAttribute = "_nosql_pk"
/** A random number, fresh at each write: the condition of the next one, and how a write is known again whose answer was lost. */
export const revisionAttribute = "_nosql_rev"
/** When DynamoDB may sweep the item, in epoch seconds. */
export const ttlAttribute = "_nosql_ttl"
/** The `_id` of the document that holds a unique value. */
export const ownerAttribute = "_nosql_owner"
/** The one key of the map that a date is stored as. */
export const dateKey = "_nosql_date"
