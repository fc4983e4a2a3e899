import type { Logger } from "@nosql/contracts"

/** The logger where none is given: one readable line on the console, which the message alone is. */
export const consoleLogger: Logger = { warn: (_fields, message) => console.warn(message) }
