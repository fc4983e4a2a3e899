import type { WriteOutcome, WriteRequest } from "../driver/plan.ts"
import type { Operation } from "./operation.ts"
import { writeAll } from "./write-all.ts"
import { writeFirst } from "./write-first.ts"

/** Read → apply → write on the condition that nothing changed: how core writes what a store cannot express. */
export function writeEach(
  operation: Operation,
  request: WriteRequest,
  consistency?: "strong",
): Promise<WriteOutcome> {
  const look = consistency === undefined ? {} : { consistency }
  return request.many ? writeAll(operation, request, look) : writeFirst(operation, request, look)
}
