import { inspect } from "node:util"
import { redactText } from "../config/redact.ts"

/** Why a store failed, in words that hold none of its secrets. */
export function failureReason(error: unknown, secrets: readonly string[]): string {
  return redactText(error instanceof Error ? error.message : "unknown", secrets)
}

/** The error itself, where nothing of it tells a secret. */
export function safeCause(error: unknown, secrets: readonly string[]): unknown {
  const shown = inspect(error, { depth: 6, showHidden: true })
  return redactText(shown, secrets) === shown ? error : undefined
}
