import { unordered } from "../parse/ordered-pairs.ts"

/** The `keys` of an index as they are declared, for advice: an object, or pairs where an object would not keep their order. */
export function printIndexKeys(
  keys: readonly (readonly [path: string, direction: 1 | -1 | "text"])[],
): string {
  const printed = keys.map(([path, direction]) => [JSON.stringify(path), JSON.stringify(direction)])
  return unordered(keys) === undefined
    ? `{ ${printed.map((pair) => pair.join(": ")).join(", ")} }`
    : `[${printed.map((pair) => `[${pair.join(", ")}]`).join(", ")}]`
}
