/**
 * A pure function that is worked out once for each object, such as a collection's declaration. The object that was asked for last is held,
 * since most often it is the next as well: a weak map is slow where a call finds its caches cold.
 */
export function perObject<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const made = new WeakMap<K, V>()
  let last: { readonly key: K; readonly value: V } | undefined
  return (key) => {
    if (last?.key === key) return last.value
    const known = made.get(key)
    const value = known !== undefined || made.has(key) ? (known as V) : make(key)
    if (known === undefined) made.set(key, value)
    last = { key, value }
    return value
  }
}
