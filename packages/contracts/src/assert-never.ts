/** Ends a switch over a union: a new member stops the file from compiling. */
export function assertNever(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`)
}
