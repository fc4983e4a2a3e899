import type { CollectionReference, Firestore } from "@google-cloud/firestore"

/** A database, and where in it the collections lie. */
export interface FirestoreContext {
  readonly firestore: Firestore
  collectionOf(name: string): CollectionReference
  /** The collections that have documents, by id. */
  listCollections(): Promise<readonly string[]>
}

export function firestoreContext(firestore: Firestore, pathPrefix: string | undefined): FirestoreContext {
  const parent = pathPrefix === undefined ? firestore : firestore.doc(pathPrefix)
  return {
    firestore,
    collectionOf: (name) => parent.collection(name),
    listCollections: async () => (await parent.listCollections()).map(({ id }) => id),
  }
}
