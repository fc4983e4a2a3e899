import { Firestore } from "@google-cloud/firestore"
import { type CollectionInfo, matchAll, type Query, queryOf } from "@nosql/core/driver"
import { expect, test } from "vitest"
import { firestoreContext } from "./firestore-context.ts"
import { FirestoreStore } from "./firestore-store.ts"
import { RampUp } from "./ramp-up.ts"

test("what a group's collection declares is read once, not at each plan", () => {
  const context = firestoreContext(new Firestore({ projectId: "p" }), {
    collections: { comments: { group: "comments" } },
  })
  const store = new FirestoreStore(context, new RampUp("report", () => {}), true)
  let readings = 0
  const fields = new Proxy<CollectionInfo["fields"]>(
    { votes: "number" },
    {
      ownKeys(target) {
        readings++
        return Reflect.ownKeys(target)
      },
    },
  )
  const comments: CollectionInfo = { name: "comments", declared: true, fields, indexes: [], ids: "auto" }
  const query: Query = { ...queryOf(matchAll), sort: [{ path: ["votes"], direction: 1 }] }
  const plan = store.planFind(comments, query)
  expect(store.planFind(comments, query)).toEqual(plan)
  expect(readings).toBe(1)
})
