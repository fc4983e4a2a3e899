import type { Document } from "@nosql/contracts"

/** How far a save of many has come, by index. */
export interface SaveProgress {
  /** What is stored now. */
  readonly written: Map<number, Document>
  readonly stopped: { readonly index: number; readonly error: unknown; readonly unknown: boolean }[]
}

export function newSaveProgress(): SaveProgress {
  return { written: new Map(), stopped: [] }
}
