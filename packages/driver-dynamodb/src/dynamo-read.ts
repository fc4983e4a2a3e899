import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import type { Value } from "@nosql/contracts"
import type { FieldPath, SortKey } from "@nosql/core/driver"

/** A read as it is sent, as printable data. */
export type DynamoRead =
  | NoRead // nothing can match: no request
  | ItemRead // one document by its key
  | ItemsRead // documents by their keys
  | OwnersRead // documents by values of a unique index: its sentinels name them
  | PagesRead // a walk through a partition of an index, or through the table
  | SettledRead // such a walk in the order of one key, brought in that of the sort
  | SeveralReads // several reads that answer one query

interface NoRead {
  readonly kind: "none"
}

/** What names the attributes to read. */
export interface ProjectionPart {
  readonly ProjectionExpression?: string
  readonly ExpressionAttributeNames?: Record<string, string>
}

export interface ItemRead {
  readonly kind: "item"
  readonly input: ProjectionPart & {
    readonly TableName: string
    readonly Key: Record<string, AttributeValue>
    readonly ConsistentRead: boolean
  }
}

/** Any number of ids, in the order in which the documents are given. */
export interface ItemsRead {
  readonly kind: "items"
  readonly table: string
  readonly ids: readonly string[]
  readonly options: ProjectionPart & { readonly ConsistentRead: boolean }
}

export interface OwnersRead {
  readonly kind: "owners"
  readonly table: string
  /** The keys of the sentinels. */
  readonly sentinels: readonly string[]
}

export interface PagesRead {
  readonly kind: "pages"
  readonly operation: "Query" | "Scan"
  readonly input: PagesInput
  /** After so many documents the walk ends. */
  readonly take?: number
  /** Whether not all that is read is found, so that the pages grow. `Limit` counts what is read. */
  readonly filtered: boolean
}

export interface PagesInput extends ProjectionPart {
  readonly TableName: string
  readonly IndexName?: string
  readonly KeyConditionExpression?: string
  readonly FilterExpression?: string
  readonly ExpressionAttributeValues?: Record<string, AttributeValue>
  readonly ConsistentRead?: boolean
  readonly ScanIndexForward?: boolean
  readonly ExclusiveStartKey?: Record<string, AttributeValue>
  /** Of the first page. */
  readonly Limit?: number
  readonly Select?: "COUNT"
}

export interface SettledRead {
  readonly kind: "settled"
  readonly read: PagesRead
  /** The key in whose order the read is; documents with one value there are in any. */
  readonly key: FieldPath
  readonly sort: readonly SortKey[]
  /** What is not behind this position is left out. */
  readonly after?: readonly Value[]
  readonly take?: number
}

export interface SeveralReads {
  readonly kind: "several"
  readonly reads: readonly DynamoRead[]
  /** Each read has this order, and so has what is given. Empty: one read after the other. */
  readonly sort: readonly SortKey[]
  /** Whether two reads may find the same document, which is given once. */
  readonly overlapping: boolean
  readonly take?: number
}

/** The table's indexes that a read goes by, by their own names. */
export function indexesOf(read: DynamoRead): readonly string[] {
  switch (read.kind) {
    case "pages":
      return read.input.IndexName === undefined ? [] : [read.input.IndexName]
    case "settled":
      return indexesOf(read.read)
    case "several":
      return read.reads.flatMap(indexesOf)
    default:
      return []
  }
}
