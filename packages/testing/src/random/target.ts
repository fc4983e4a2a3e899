import { randomUUID } from "node:crypto"
import type { Document, DocumentStore } from "@nosql/contracts"
import { defineCollection } from "@nosql/core"
import type { PlainCollection } from "./plain-collection.ts"
import type { Profile } from "./profiles.ts"

/** A collection of the run's own, and how it is described. */
export interface Target {
  readonly profile: Profile
  readonly collection: PlainCollection
}

export function openTarget(store: DocumentStore, profile: Profile): Target {
  const name = `random-${profile.name}-${randomUUID()}`
  const collection =
    profile.options === undefined
      ? store.collection<Document>(name)
      : store.collection(defineCollection<Document>(name, profile.options))
  return { profile, collection }
}
