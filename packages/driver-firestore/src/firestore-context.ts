import type {
  CollectionReference,
  DocumentReference,
  DocumentSnapshot,
  Firestore,
  Query,
} from "@google-cloud/firestore"
import { catalogCollection, sentinelCollection } from "./catalog-names.ts"
import type { CollectionPlace } from "./collection-place.ts"
import { RequestGate } from "./request-gate.ts"

/** A database, and where in it the collections lie. */
export interface FirestoreContext {
  readonly firestore: Firestore
  /** Through which each request goes. */
  readonly gate: RequestGate
  readonly pathPrefix: string | undefined
  /** The name of the collections that a collection is a group of; undefined where it is one. */
  groupOf(name: string): string | undefined
  /** Of a group the one at the top: it is not to be asked for. */
  collectionOf(name: string): CollectionReference
  /** What its queries are of: of a group all of the database, so that a plan names what lies below the prefix. */
  queryOf(name: string): Query
  documentOf(name: string, id: string): DocumentReference
  idOf(name: string, snapshot: DocumentSnapshot): string
  /** Beside a collection: what stands for the values of its unique indexes. */
  sentinelsOf(name: string): CollectionReference
  /** Beside a collection: which indexes were made. */
  catalogOf(name: string): DocumentReference
  /** Where it is written down which collections were made here. */
  readonly catalog: CollectionReference
  /** The collections by name, ours among them: those that have documents, and those that were made without. */
  listCollections(): Promise<readonly string[]>
}

/** Where the collections of a store lie. */
interface Layout {
  readonly pathPrefix?: string | undefined
  readonly collections?: Readonly<Record<string, CollectionPlace>> | undefined
}

export function firestoreContext(
  firestore: Firestore,
  { pathPrefix, collections = {} }: Layout,
): FirestoreContext {
  const root = pathPrefix === undefined ? firestore : firestore.doc(pathPrefix)
  const below = pathPrefix === undefined ? 0 : pathPrefix.length + 1
  const places = new Map(Object.entries(collections))
  const groupOf = (name: string) => {
    const place = places.get(name)
    return place !== undefined && "group" in place ? place.group : undefined
  }
  const collectionOf = (name: string) => {
    const place = places.get(name)
    return root.collection(place !== undefined && "path" in place ? place.path : name)
  }
  const beside = (name: string) => collectionOf(name).parent ?? firestore
  const catalog = root.collection(catalogCollection)
  const catalogOf = (name: string) => beside(name).collection(catalogCollection).doc(collectionOf(name).id)
  const isThere = async (name: string) => {
    const [held, made] = await Promise.all([
      collectionOf(name).limit(1).select().get(),
      catalogOf(name).get(),
    ])
    return made.exists || !held.empty
  }
  return {
    firestore,
    gate: new RequestGate(firestore),
    pathPrefix,
    groupOf,
    collectionOf,
    queryOf(name) {
      const group = groupOf(name)
      return group === undefined ? collectionOf(name) : firestore.collectionGroup(group)
    },
    documentOf(name, id) {
      if (groupOf(name) === undefined) return collectionOf(name).doc(id)
      return pathPrefix === undefined ? firestore.doc(id) : firestore.doc(`${pathPrefix}/${id}`)
    },
    idOf: (name, { id, ref }) => (groupOf(name) === undefined ? id : ref.path.slice(below)),
    sentinelsOf: (name) => beside(name).collection(sentinelCollection(collectionOf(name).id)),
    catalogOf,
    catalog,
    async listCollections() {
      const placed = [...places].flatMap(([name, place]) => ("path" in place ? [name] : []))
      const [made, filled, there] = await Promise.all([
        catalog.select().get(),
        root.listCollections(),
        Promise.all(placed.map(isThere)),
      ])
      const own = [...made.docs, ...filled].map(({ id }) => id).filter((name) => !places.has(name))
      return [...own, ...placed.filter((_, i) => there[i])]
    },
  }
}
