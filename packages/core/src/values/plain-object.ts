/** Whether a value is a plain object: made by `{}`, by `Object.create(null)` or in another realm, not by a class. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null
}

/** Sets an own field whatever its name: plain assignment of `__proto__` would change the object's prototype instead. */
export function defineField(object: object, field: string, value: unknown): void {
  if (field === "__proto__") {
    Object.defineProperty(object, field, { value, writable: true, enumerable: true, configurable: true })
  } else {
    ;(object as Record<string, unknown>)[field] = value
  }
}
