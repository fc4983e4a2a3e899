import { NoSQLError } from "@nosql/contracts"
import type { DriverStore } from "../driver/driver.ts"
import type { CallContext } from "../values/argument-error.ts"

/** Throws where a collection can only be read, before anything is sent. */
export function refuseReadOnly(
  store: Pick<DriverStore, "readOnly">,
  name: string,
  { operation, backend = "" }: CallContext,
): void {
  const problem = store.readOnly?.(name)
  if (problem === undefined) return
  throw new NoSQLError("unsupported", `${operation}: ${problem}`, { operation, collection: name, backend })
}
