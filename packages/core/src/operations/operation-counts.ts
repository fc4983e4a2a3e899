import type {
  BulkWriteResult,
  DeleteResult,
  InsertManyResult,
  OperationCounts,
  Page,
  UpdateResult,
} from "@nosql/contracts"

// How many documents an answer deals with, for subscribers of the tracing channel.

export function oneInserted(): OperationCounts {
  return { inserted: 1 }
}

export function manyInserted({ ids }: InsertManyResult): OperationCounts {
  return { inserted: ids.length }
}

export function oneReturned(document: unknown): OperationCounts {
  return { returned: document === null ? 0 : 1 }
}

export function manyReturned(documents: readonly unknown[]): OperationCounts {
  return { returned: documents.filter((document) => document !== null).length }
}

export function pageReturned({ items }: Page<unknown>): OperationCounts {
  return { returned: items.length }
}

export function updated({ matched, modified, upsertedId }: UpdateResult): OperationCounts {
  return { matched, modified, ...(upsertedId === undefined ? {} : { inserted: 1 }) }
}

export function removed({ deleted }: DeleteResult): OperationCounts {
  return { deleted }
}

export function bulkWritten({
  inserted,
  matched,
  modified,
  deleted,
  upsertedIds,
}: BulkWriteResult): OperationCounts {
  return { inserted: inserted + Object.keys(upsertedIds).length, matched, modified, deleted }
}
