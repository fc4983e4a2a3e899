import { compileChange } from "./compile-change.ts"
import type { DocumentChange } from "./document-change.ts"
import { protoFields } from "./value-codec.ts"
import type { WriteTarget } from "./write-target.ts"

/** Whether a change would send nothing: then nothing tells whether the document is still as it was read. */
export function changesNothing(change: DocumentChange, { info }: WriteTarget): boolean {
  return (
    change.kind === "replace" &&
    compileChange(change.before, change.document, protoFields(change.snapshot), info).length === 0
  )
}
