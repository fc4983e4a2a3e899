import type { Driver } from "../driver/driver.ts"
import { argumentError } from "../values/argument-error.ts"
import { isPlainObject } from "../values/plain-object.ts"
import type { ConnectOptions } from "./connect-options.ts"
import { provisions, scanPolicies, wordProblem } from "./option-words.ts"
import { refuseUnknown } from "./refuse-unknown.ts"

const context = { operation: "connect" }

const checks = {
  scans: (value) => wordProblem(value, scanPolicies),
  provision: (value) => wordProblem(value, provisions),
  maxBufferedDocuments: (value) =>
    Number.isSafeInteger(value) && (value as number) > 0 ? undefined : "takes a whole number, 1 or more",
  cursorSecret: (value) =>
    typeof value === "string" && value !== "" ? undefined : "takes a text, not empty",
  logger: (value) =>
    typeof (value as { warn?: unknown } | null)?.warn === "function"
      ? undefined
      : "takes a logger with warn(fields, message), such as console or pino()",
} as const satisfies Record<keyof ConnectOptions, (value: unknown) => string | undefined>

/** Refuses what is no driver and no option, before anything is opened. */
export function checkConnect(driver: Driver, options: ConnectOptions): void {
  if (typeof (driver as Partial<Driver> | null | undefined)?.connect !== "function")
    throw argumentError(context, "", "takes a driver, such as memory() or mongodb({ … }); note the call")
  if (!isPlainObject(options))
    throw argumentError(context, "", 'options are an object, such as { scans: "refuse" }')
  refuseUnknown(options, Object.keys(checks), "", context)
  for (const [name, check] of Object.entries(checks)) {
    const value = options[name as keyof ConnectOptions]
    const problem = value === undefined ? undefined : check(value)
    if (problem !== undefined) throw argumentError(context, name, problem)
  }
}
