import { unordered } from "../parse/ordered-pairs.ts"

/** The `keys` of an index as they are declared, for advice: an object, or pairs where an object would not keep their order. */
export function printIndexKeys(keys: readonly (readonly [path: string, direction: 1 | -1])[]): string {
  if (unordered(keys) !== undefined)
    return `[${keys.map(([path, direction]) => `[${JSON.stringify(path)}, ${direction}]`).join(", ")}]`
  return `{ ${keys.map(([path, direction]) => `${JSON.stringify(path)}: ${direction}`).join(", ")} }`
}
