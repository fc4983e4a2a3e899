import type { DynamicPath } from "@nosql/contracts"
import { parsePath } from "./parse-path.ts"

/**
 * Writes a path that the compiler does not know: deeper than four segments, or put together at run time.
 * It stands wherever a path does; in filters, updates, sorts and projections as a computed key.
 *
 * @example
 * await shops.find({ [path("region.area.town.street.name")]: "High Street" }).toArray()
 * await shops.query().where(path(`prices.${currency}`), 5).toArray()
 * @throws NoSQLError `invalid-argument`: a segment that no field can be named.
 */
export function path(text: string): DynamicPath {
  parsePath(text, { operation: "path" })
  return text as DynamicPath
}
