/**
 * Firestore has no arrays directly in arrays (https://firebase.google.com/docs/firestore/manage-data/data-types): such a one is
 * wrapped in a map of this one field. Core keeps the name for drivers, so no portable document has it.
 */
export const arrayField = "_nosql_array"
