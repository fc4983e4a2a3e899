export { firestore } from "./firestore.ts"
export type { FirestoreAddress, FirestoreClient, FirestoreOptions } from "./firestore-options.ts"
