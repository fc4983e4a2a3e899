import type { IndexReport, Provision } from "@nosql/contracts"
import type { IndexInfo } from "../driver/collection-info.ts"
import { featuresOfIndex } from "../driver/features-of.ts"
import { compareIndexes, twinOf } from "./compare-indexes.ts"
import type { Operation } from "./operation.ts"
import { refuseReadOnly } from "./refuse-read-only.ts"

/** Compares the declared indexes with those of the store and, under `auto`, makes the missing ones and goes on with those that were begun. */
export async function ensureIndexes(operation: Operation, policy: Provision = "auto"): Promise<IndexReport> {
  const { store, collection, call } = operation
  const { info, capabilities } = collection
  const lacked = (index: IndexInfo) =>
    featuresOfIndex(index).find((feature) => capabilities[feature] === "none")
  const possible = info.indexes.filter((index) => lacked(index) === undefined)
  const found = await store.listIndexes(info, call)
  const { missing, ...compared } = compareIndexes(possible, found)
  const begun = possible.flatMap((index) => twinOf(index, found) ?? []).filter(({ building }) => building)
  const refused = info.indexes
    .filter((index) => !possible.includes(index))
    .map((index) => ({ name: index.name, problem: `cannot be made: this store has no "${lacked(index)}"` }))
  const names = missing.map(({ name }) => name)
  if (policy === "auto" && missing.length + begun.length > 0) {
    refuseReadOnly(store, info.name, operation.context)
    await store.createIndexes(info, [...missing, ...begun], call)
  }
  const { existing, differing } =
    policy === "auto" && begun.length > 0
      ? compareIndexes(possible, await store.listIndexes(info, call))
      : compared
  return {
    created: policy === "auto" ? names : [],
    existing: existing.filter((name) => !names.includes(name)),
    differing: [...differing, ...refused],
    missing: policy === "auto" ? [] : names,
  }
}
