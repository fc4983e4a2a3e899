import fc, { type Arbitrary } from "fast-check"
import { garbage, hostileKey } from "./garbage.ts"

type Holder = Record<string, unknown>

/** A good value with one place spoiled, or none of it left. */
export function mutated(valid: Arbitrary<unknown>): Arbitrary<unknown> {
  const change = fc.tuple(
    fc.constantFrom("replace", "rename", "add", "remove" as const),
    fc.nat(),
    garbage,
    hostileKey,
  )
  const spoiled = fc
    .tuple(valid, change)
    .map(([value, [kind, place, replacement, key]]) => spoil(value, kind, place, replacement, key))
  return fc.oneof(
    { weight: 5, arbitrary: spoiled },
    { weight: 8, arbitrary: valid },
    { weight: 2, arbitrary: garbage },
  )
}

function spoil(value: unknown, kind: string, place: number, replacement: unknown, key: string): unknown {
  const copy = structuredClone(value)
  const places = placesOf(copy)
  const found = places[place % Math.max(1, places.length)]
  if (found === undefined) return replacement
  const [holder, name] = found
  if (kind === "replace") set(holder, name, replacement)
  if (kind === "add") set(holder, key, replacement)
  if (kind === "rename") set(holder, key, holder[name])
  if (kind === "remove" || kind === "rename") delete holder[name]
  return copy
}

/** Plain assignment of `__proto__` would change the prototype instead. */
function set(holder: Holder, key: string, value: unknown): void {
  if (Array.isArray(holder) && key === "length") return
  Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true })
}

function placesOf(value: unknown): [Holder, string][] {
  if (typeof value !== "object" || value === null || value instanceof Date || value instanceof Uint8Array)
    return []
  return Object.keys(value).flatMap((key): [Holder, string][] => {
    return [[value as Holder, key], ...placesOf((value as Holder)[key])]
  })
}
