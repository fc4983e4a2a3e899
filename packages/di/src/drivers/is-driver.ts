import type { Driver } from "@nosql/core"

/** Whether it is a driver that the user made, such as `mongodb({ client })`. */
export function isDriver(value: unknown): value is Driver {
  const driver = value as Partial<Driver> | null | undefined
  return (
    typeof driver === "object" &&
    driver !== null &&
    typeof driver.name === "string" &&
    typeof driver.connect === "function"
  )
}
