import type { CancellationReason } from "@aws-sdk/client-dynamodb"
import type { Fate } from "./failure.ts"

const conflicts = new Set(["TransactionConflict"])
const throttles = new Set(["ThrottlingError", "ProvisionedThroughputExceeded"])

/** Why each item of a transaction was not written, by position; undefined where the error is another one. */
export function cancellationReasons(error: unknown): readonly CancellationReason[] | undefined {
  const { name, CancellationReasons } = (error ?? {}) as {
    name?: string
    CancellationReasons?: readonly CancellationReason[]
  }
  return name === "TransactionCanceledException" ? (CancellationReasons ?? []) : undefined
}

/** The SDK repeats no cancelled transaction, although those that met another one, or too much load, pass at the next try. */
export function cancellationFate(error: unknown): Fate | undefined {
  const codes = cancellationReasons(error)
    ?.map(({ Code }) => Code ?? "None")
    .filter((code) => code !== "None")
  if (codes === undefined) return undefined
  if (codes.length === 0 || !codes.every((code) => conflicts.has(code) || throttles.has(code))) return "final"
  return codes.some((code) => throttles.has(code)) ? "throttled" : "conflict"
}

/** Which items failed their conditions, and as what they were found. */
export function failedConditions(
  error: unknown,
): readonly { readonly index: number; readonly item: CancellationReason["Item"] }[] {
  return (cancellationReasons(error) ?? []).flatMap(({ Code, Item }, index) =>
    Code === "ConditionalCheckFailed" ? [{ index, item: Item }] : [],
  )
}

/** Whether the condition of a single write did not hold; `item` is what stands there, where the request asked for it. */
export function failedCondition(error: unknown): { readonly item: CancellationReason["Item"] } | undefined {
  const { name, Item } = (error ?? {}) as { name?: string; Item?: CancellationReason["Item"] }
  return name === "ConditionalCheckFailedException" ? { item: Item } : undefined
}
