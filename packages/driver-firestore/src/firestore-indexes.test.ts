import { defineCollection } from "@nosql/core"
import { expect, test } from "vitest"
import { firestoreIndexes } from "./firestore-indexes.ts"

const Users = defineCollection<{
  email: string
  status: string
  createdAt: Date
  tags: string[]
  address: object
}>("users", {
  fields: { tags: "array", createdAt: "date" },
  indexes: [
    { keys: { email: 1 }, unique: true },
    { keys: { status: 1, createdAt: -1 } },
    { keys: { tags: 1, address: 1 } },
  ],
})
const Sessions = defineCollection("sessions", {
  indexes: [{ keys: { token: 1 }, unique: true }],
  ttl: { field: "until" },
})
const Visits = defineCollection("visits", { ttl: { field: "at", afterSeconds: 3600 } })

test("firestoreIndexes writes what the Firebase CLI deploys", () => {
  expect(firestoreIndexes([Users, Sessions, Visits])).toEqual({
    indexes: [
      {
        collectionGroup: "users",
        queryScope: "COLLECTION",
        fields: [
          { fieldPath: "status", order: "ASCENDING" },
          { fieldPath: "createdAt", order: "DESCENDING" },
        ],
      },
      {
        collectionGroup: "users",
        queryScope: "COLLECTION",
        fields: [
          { fieldPath: "tags", arrayConfig: "CONTAINS" },
          { fieldPath: "address", order: "ASCENDING" },
        ],
      },
    ],
    fieldOverrides: [
      {
        collectionGroup: "sessions",
        fieldPath: "until",
        ttl: true,
        indexes: [
          { order: "ASCENDING", queryScope: "COLLECTION" },
          { order: "DESCENDING", queryScope: "COLLECTION" },
          { arrayConfig: "CONTAINS", queryScope: "COLLECTION" },
        ],
      },
      { collectionGroup: "sessions__nosql_unique", fieldPath: "expiresAt", ttl: true, indexes: [] },
      { collectionGroup: "visits", fieldPath: "_nosql_expires", ttl: true, indexes: [] },
    ],
  })
})

test("of a group, single fields are asked for, too; one entry a field", () => {
  const Comments = defineCollection("comments", {
    fields: { tags: "array" },
    indexes: [{ keys: { author: 1 } }, { keys: { tags: 1 } }, { keys: { author: 1, at: -1 } }],
    ttl: { field: "until" },
  })
  const OfOne = defineCollection("posts/p1/comments", {
    indexes: [{ keys: { author: 1, at: -1 } }],
    ttl: { field: "until" },
  })
  const Another = defineCollection("mine", { indexes: [{ keys: { author: 1, at: -1 } }] })
  const layout = { comments: { group: "comments" }, mine: { path: "posts/p2/comments" } }
  const automatic = [
    { order: "ASCENDING", queryScope: "COLLECTION" },
    { order: "DESCENDING", queryScope: "COLLECTION" },
    { arrayConfig: "CONTAINS", queryScope: "COLLECTION" },
  ]
  const fields = [
    { fieldPath: "author", order: "ASCENDING" },
    { fieldPath: "at", order: "DESCENDING" },
  ]
  expect(firestoreIndexes([Comments, OfOne, Another], { collections: layout })).toEqual({
    indexes: [
      { collectionGroup: "comments", queryScope: "COLLECTION_GROUP", fields },
      { collectionGroup: "comments", queryScope: "COLLECTION", fields },
    ],
    fieldOverrides: [
      { collectionGroup: "comments", fieldPath: "until", ttl: true, indexes: automatic },
      {
        collectionGroup: "comments",
        fieldPath: "author",
        indexes: [
          ...automatic,
          { order: "ASCENDING", queryScope: "COLLECTION_GROUP" },
          { order: "DESCENDING", queryScope: "COLLECTION_GROUP" },
        ],
      },
      {
        collectionGroup: "comments",
        fieldPath: "tags",
        indexes: [...automatic, { arrayConfig: "CONTAINS", queryScope: "COLLECTION_GROUP" }],
      },
    ],
  })
})
