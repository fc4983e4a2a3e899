/**
 * Whether every object has something of this name (`constructor`, `toString` …): the SDK's `update` takes that for a change made before,
 * and fails; its `set` does not.
 */
export function isInherited(field: string): boolean {
  return field in Object.prototype
}
