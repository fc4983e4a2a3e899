const tooLarge = 2 ** 63
const tooSmall = 1e-130 // DynamoDB keeps numbers from 1e-130: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html

/**
 * The one form of a number: 0 for -0, a bigint for an integer that is not safe. It is the value that decides, not how a store keeps it.
 * Undefined where it is none of the language's: NaN, Infinity, 2^63 and more, or smaller than 1e-130.
 */
export function portableNumber(value: number): number | bigint | undefined {
  if ((value | 0) === value) return value === 0 ? 0 : value
  const size = Math.abs(value)
  if (!(size < tooLarge || value === -tooLarge) || size < tooSmall) return undefined
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value) : value
}
