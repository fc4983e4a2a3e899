import type { CollectionDefinition } from "@nosql/contracts"
import { type CollectionInfo, collectionInfo, type FieldPath, isIdPath } from "@nosql/core/driver"
import { sentinelCollection } from "./catalog-names.ts"
import { type CollectionPlace, lastName } from "./collection-place.ts"
import { declaredComposites } from "./composite-index.ts"
import type { FirestoreCollection } from "./firestore-collection.ts"
import type { FirestoreLayout } from "./firestore-options.ts"
import { expiresField } from "./reserved-field.ts"

/** The content of `firestore.indexes.json`: https://firebase.google.com/docs/reference/firestore/indexes */
export interface FirestoreIndexes {
  readonly indexes: readonly FirestoreIndex[]
  readonly fieldOverrides: readonly FirestoreFieldOverride[]
}

export interface FirestoreIndex {
  readonly collectionGroup: string
  readonly queryScope: FirestoreQueryScope
  readonly fields: readonly FirestoreIndexField[]
}

/** Whether the queries of one collection at a time are served, or those of all collections of the name together. */
export type FirestoreQueryScope = "COLLECTION" | "COLLECTION_GROUP"

/** A field in an order, or by the elements of its array. */
export type FirestoreIndexField =
  | { readonly fieldPath: string; readonly order: "ASCENDING" | "DESCENDING" }
  | { readonly fieldPath: string; readonly arrayConfig: "CONTAINS" }

/** The single-field indexes of a field, and whether a policy removes documents by it: https://firebase.google.com/docs/firestore/ttl */
export interface FirestoreFieldOverride {
  readonly collectionGroup: string
  readonly fieldPath: string
  readonly ttl?: true
  readonly indexes: readonly FirestoreSingleIndex[]
}

export type FirestoreSingleIndex =
  | { readonly order: "ASCENDING" | "DESCENDING"; readonly queryScope: FirestoreQueryScope }
  | { readonly arrayConfig: "CONTAINS"; readonly queryScope: FirestoreQueryScope }

/**
 * The composite indexes and the TTL policies of some collections, as the Firebase CLI deploys them. Indexes of a single field are automatic and
 * not listed, but those of collection groups; an index serves the directions in which it is declared.
 *
 * @param layout where collections lie that do not lie where their names say: as the driver's option `collections`.
 * @example
 * await writeFile("firestore.indexes.json", JSON.stringify(firestoreIndexes([Users, Orders]), null, 2))
 * // firebase deploy --only firestore:indexes
 */
export function firestoreIndexes(
  definitions: readonly CollectionDefinition<unknown>[],
  { collections = {} }: Pick<FirestoreLayout, "collections"> = {},
): FirestoreIndexes {
  const placed = definitions.map((definition) =>
    placedAt(collections[definition.name], collectionInfo(definition)),
  )
  return {
    indexes: distinct(placed.flatMap((one) => compositesOf(one))),
    fieldOverrides: together(placed.flatMap((one) => [...policiesOf(one), ...singlesOf(one)])),
  }
}

/** A collection, and the name that its indexes are made for. */
interface Placed {
  readonly collection: FirestoreCollection
  readonly name: string
  readonly queryScope: FirestoreQueryScope
}

function placedAt(place: CollectionPlace | undefined, info: CollectionInfo): Placed {
  if (place !== undefined && "group" in place)
    return { collection: { ...info, ...place }, name: place.group, queryScope: "COLLECTION_GROUP" }
  return { collection: info, name: lastName(place?.path ?? info.name), queryScope: "COLLECTION" }
}

function compositesOf({ collection, name, queryScope }: Placed): readonly FirestoreIndex[] {
  const composites = declaredComposites(collection).filter(({ length }) => length > 1)
  return composites.map((index) => {
    const fields = index.map(({ path, mode }): FirestoreIndexField => {
      const fieldPath = printPath(path)
      if (mode === "contains") return { fieldPath, arrayConfig: "CONTAINS" }
      return { fieldPath, order: mode === 1 ? "ASCENDING" : "DESCENDING" }
    })
    return { collectionGroup: name, queryScope, fields }
  })
}

/** Of a group, single fields have no index without being asked. */
function singlesOf({ collection, name, queryScope }: Placed): readonly FirestoreFieldOverride[] {
  const singles = declaredComposites(collection).filter(({ length }) => length === 1)
  return singles.flat().map(({ path, mode }) => {
    const own: FirestoreSingleIndex =
      mode === "contains"
        ? { arrayConfig: "CONTAINS", queryScope }
        : { order: mode === 1 ? "ASCENDING" : "DESCENDING", queryScope }
    return { collectionGroup: name, fieldPath: printPath(path), indexes: [...automatic, own] }
  })
}

/** A policy knows no offset, so that what lives longer than its field says has a field of the driver's; so have the sentinels of unique values. */
function policiesOf({ collection, name }: Placed): readonly FirestoreFieldOverride[] {
  const { ttl, indexes, group } = collection
  if (ttl === undefined) return []
  const own =
    ttl.afterSeconds === 0
      ? { collectionGroup: name, fieldPath: printPath(ttl.path), ttl: true as const, indexes: automatic }
      : policy(name, expiresField)
  return group === undefined && indexes.some(({ unique }) => unique)
    ? [own, policy(sentinelCollection(name), "expiresAt")]
    : [own]
}

/** Nobody asks by the driver's own fields: they are in no index, which saves writes. */
function policy(collectionGroup: string, fieldPath: string): FirestoreFieldOverride {
  return { collectionGroup, fieldPath, ttl: true, indexes: [] }
}

/** A field has one entry, for all that is asked of it. */
function together(overrides: readonly FirestoreFieldOverride[]): readonly FirestoreFieldOverride[] {
  const byField = new Map<string, FirestoreFieldOverride>()
  for (const override of overrides) {
    const field = JSON.stringify([override.collectionGroup, override.fieldPath])
    const known = byField.get(field)
    byField.set(field, {
      ...known,
      ...override,
      indexes: distinct([...(known?.indexes ?? []), ...override.indexes]),
    })
  }
  return [...byField.values()]
}

function distinct<T>(entries: readonly T[]): readonly T[] {
  return [...new Map(entries.map((entry) => [JSON.stringify(entry), entry])).values()]
}

/** An override replaces the automatic indexes of a field; it names them so that they stay. */
const automatic = [
  { order: "ASCENDING", queryScope: "COLLECTION" },
  { order: "DESCENDING", queryScope: "COLLECTION" },
  { arrayConfig: "CONTAINS", queryScope: "COLLECTION" },
] as const satisfies readonly FirestoreSingleIndex[]

/** Names that are no plain words stand in backticks: https://firebase.google.com/docs/firestore/quotas#collections_documents_and_fields */
function printPath(path: FieldPath): string {
  if (isIdPath(path)) return "__name__"
  return path
    .map((name) => (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `\`${name.replace(/[\\`]/g, "\\$&")}\``))
    .join(".")
}
