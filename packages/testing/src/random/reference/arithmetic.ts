import { OutsideThePromise } from "./promise.ts"

type Numeric = number | bigint

/**
 * "Arithmetic is exact while operands and result are safe integers, or int64 on paths declared `bigint`; last digits of fractional
 * results and results out of range are outside the promise; suites use integers and halves."
 */
export function calculate(operator: "+" | "*", a: Numeric, b: Numeric, isBigintPath: boolean): Numeric {
  if (!isWhole(a) || !isWhole(b))
    return checkedFraction(operator === "+" ? Number(a) + Number(b) : Number(a) * Number(b))
  const [x, y] = [BigInt(a), BigInt(b)]
  const result = operator === "+" ? x + y : x * y
  if (isBigintPath) {
    if (BigInt.asIntN(64, result) !== result) throw new OutsideThePromise("a result out of range")
    return result
  }
  for (const number of [x, y, result]) {
    if (!Number.isSafeInteger(Number(number))) throw new OutsideThePromise("unsafe integers")
  }
  return Number(result)
}

function isWhole(value: Numeric): boolean {
  return typeof value === "bigint" || Number.isInteger(value)
}

function checkedFraction(result: number): number {
  if (Math.abs(result) > 2 ** 40 || !Number.isInteger(result * 2))
    throw new OutsideThePromise("neither integers nor halves")
  return result
}
