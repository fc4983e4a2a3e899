import { NoSQLError } from "@nosql/contracts"
import { didYouMean } from "@nosql/core/driver"
import type { OpenStore } from "./open-store.ts"

/**
 * The store of this name; without a name, the primary one.
 *
 * @param asker who asks, for the error.
 * @throws NoSQLError `config` where there is none, with the names that there are.
 */
export function lookUpStore(
  stores: readonly OpenStore[],
  name: string | undefined,
  asker: string,
): OpenStore {
  const found = stores.find((open) => (name === undefined ? open.primary : open.name === name))
  if (found !== undefined) return found
  const names = stores.map((open) => open.name)
  const problem =
    name === undefined
      ? `none of the stores is primary: flag one with primary: true, or name one (${names.join(", ")})`
      : `there is no store "${name}"; there are ${names.join(", ")}${didYouMean(name, names)}`
  throw new NoSQLError("config", `resolve: ${asker}: ${problem}`, { operation: "resolve" })
}
