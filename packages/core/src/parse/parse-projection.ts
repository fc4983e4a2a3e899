import { overlaps } from "../ast/path.ts"
import type { Projection } from "../ast/query.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { isPlainObject } from "../values/plain-object.ts"
import { parsePath } from "./parse-path.ts"

/** Reads `{ name: 1, "address.city": 1 }` or `{ secret: 0 }`; the two are not mixed, but `_id: 0` goes with either. */
export function parseProjection(projection: unknown, context: CallContext): Projection | undefined {
  if (projection === undefined) return undefined
  if (!isPlainObject(projection))
    throw argumentError(context, "projection", "takes an object such as { name: 1 } or { secret: 0 }")
  const keys = Object.keys(projection)
  for (const key of keys) {
    if (![0, 1, true, false].includes(projection[key] as number))
      throw argumentError(context, key, "in a projection stands 1 (include) or 0 (exclude)")
  }
  const chosen = (key: string) => projection[key] === 1 || projection[key] === true
  const others = keys.filter((key) => key !== "_id")
  if (others.some(chosen) && !others.every(chosen))
    throw argumentError(
      context,
      "projection",
      "includes or excludes, not both; only _id may be excluded beside",
    )
  const given = Object.hasOwn(projection, "_id")
  const include = others.length > 0 ? others.every(chosen) : given && chosen("_id")
  const paths = others.map((key) => parsePath(key, context))
  paths.forEach((path, i) => {
    if (paths.slice(0, i).some((other) => overlaps(other, path)))
      throw argumentError(context, path.join("."), "is named beside its parent or child; name one of them")
  })
  if (others.length === 0 && !given) return undefined
  return Object.freeze({
    kind: include ? "include" : "exclude",
    paths: Object.freeze(paths),
    id: given ? chosen("_id") : true,
  })
}
