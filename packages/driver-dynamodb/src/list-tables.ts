import type { DriverCall } from "@nosql/core/driver"
import { classifyError } from "./classify-error.ts"
import type { Requests } from "./request.ts"
import { sdkFailure } from "./sdk-failures.ts"

/** The names of the account's tables; with `most`, of so many: a question that any answer serves, a refusal included. */
export async function listTables(
  { ask, send }: Requests,
  call: DriverCall,
  most?: number,
): Promise<string[]> {
  if (most !== undefined) {
    const { output, error } = await ask("ListTables", { Limit: most }, call, { repeatable: true })
    if (error === undefined) return output?.TableNames ?? []
    if (sdkFailure(error).code === "permission-denied") return []
    throw classifyError(error, call)
  }
  const names: string[] = []
  let start: string | undefined
  do {
    const input = start === undefined ? {} : { ExclusiveStartTableName: start }
    const { TableNames = [], LastEvaluatedTableName } = await send("ListTables", input, call)
    names.push(...TableNames)
    start = LastEvaluatedTableName
  } while (start !== undefined)
  return names
}
