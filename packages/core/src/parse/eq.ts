/**
 * A condition that is always a literal: equal to this value, whatever it is. In a filter object, a value that comes from outside could be
 * `{ "$ne": null }`, which is an operator; inside `eq` it is refused.
 *
 * @example
 * const user = await users.findOne({ email: eq(body.email), token: eq(body.token) })
 */
export function eq<const V>(value: V): { readonly $eq: V } {
  return Object.freeze({ $eq: value })
}
