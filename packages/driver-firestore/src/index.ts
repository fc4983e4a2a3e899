export type { CollectionPlace } from "./collection-place.ts"
export { driverModule } from "./driver-module.ts"
export { firestore } from "./firestore.ts"
export {
  type FirestoreFieldOverride,
  type FirestoreIndex,
  type FirestoreIndexes,
  type FirestoreIndexField,
  type FirestoreQueryScope,
  type FirestoreSingleIndex,
  firestoreIndexes,
} from "./firestore-indexes.ts"
export type {
  FirestoreAddress,
  FirestoreClient,
  FirestoreLayout,
  FirestoreOptions,
  FirestoreStoreSettings,
} from "./firestore-options.ts"
export type { RampUpMode } from "./ramp-up.ts"
