import type { WriteResult } from "../plain-collection.ts"
import { Difference } from "./difference.ts"

/** "Suites rely on `modified` only where content changes." */
export function checkCounts(result: WriteResult, matched: number, changes: number): void {
  const found = result.matched ?? result.deleted
  if (found !== matched) throw new Difference(`matched ${found}, not ${matched}`)
  const modified = result.modified ?? found
  if (modified < changes || modified > matched)
    throw new Difference(`modified ${modified}; ${changes} changed of ${matched}`)
}
