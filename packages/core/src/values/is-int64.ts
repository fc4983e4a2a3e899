const least = -(2n ** 63n)
const most = 2n ** 63n - 1n

/** Whether a bigint is one of the language's integers, which have 64 bits. */
export function isInt64(value: bigint): boolean {
  return value >= least && value <= most
}
