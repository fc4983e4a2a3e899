import type { NativeValue } from "@nosql/contracts"
import { isInt64 } from "@nosql/core/driver"
import { carryNumber } from "./native-codec.ts"

/** So many characters hold at most so many digits, and a double keeps any 15 digits. */
const exactLength = 15
const pattern = /^(-?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/

/** A stored number: a `number` where that is exact, a `bigint` for the other integers of 64 bits, else carried. */
export function decodeNumber(text: string): number | bigint | NativeValue {
  if (text.length <= exactLength) {
    const short = Number(text)
    // "1E+100" is short, too.
    if (Math.abs(short) <= Number.MAX_SAFE_INTEGER) return short
  }
  const decimal = parseDecimal(text)
  if (decimal === undefined) return carryNumber(text)
  const { negative, digits, exponent } = decimal
  if (exponent >= 0) {
    if (digits.length + exponent > 19) return carryNumber(text)
    const magnitude = BigInt(digits + "0".repeat(exponent))
    const integer = negative ? -magnitude : magnitude
    if (!isInt64(integer)) return carryNumber(text)
    const number = Number(integer)
    return Number.isSafeInteger(number) ? number : integer
  }
  const number = Number(text)
  const printed = parseDecimal(String(number))
  const exact = printed?.digits === digits && printed.exponent === exponent
  return exact ? number : carryNumber(text)
}

/** Digits without zeros at either end, and the power of ten that they are multiplied by. */
function parseDecimal(
  text: string,
): { readonly negative: boolean; readonly digits: string; readonly exponent: number } | undefined {
  const match = pattern.exec(text)
  if (match === null) return undefined
  const [, sign, whole = "", fraction = "", power = "0"] = match
  const all = (whole + fraction).replace(/^0+/, "")
  const digits = all.replace(/0+$/, "")
  if (digits === "") return { negative: false, digits: "0", exponent: 0 }
  return {
    negative: sign === "-",
    digits,
    exponent: Number(power) - fraction.length + all.length - digits.length,
  }
}
