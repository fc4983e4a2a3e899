export { driverModule } from "./driver-module.ts"
export { firestore } from "./firestore.ts"
export {
  type FirestoreFieldOverride,
  type FirestoreIndex,
  type FirestoreIndexes,
  type FirestoreIndexField,
  firestoreIndexes,
} from "./firestore-indexes.ts"
export type { FirestoreAddress, FirestoreClient, FirestoreOptions } from "./firestore-options.ts"
