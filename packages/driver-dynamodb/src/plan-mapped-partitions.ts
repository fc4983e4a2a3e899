import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import { conjuncts, type Query } from "@nosql/core/driver"
import { printParts } from "./build-request.ts"
import type { DynamoRead, PagesRead } from "./dynamo-read.ts"
import { allOf, type Expression } from "./expression.ts"
import { fieldsToRead, fitMapped } from "./mapped-fields.ts"
import { mappedPlan } from "./mapped-plan.ts"
import { keysOfTable, type MappedTable } from "./mapped-table.ts"
import type { MappedUse } from "./mapped-use.ts"
import { pageLimit, type ReadPlan, takeOf, unitsOf } from "./read-plan.ts"

/** A Query for each partition, of which the sort key may bound a part; merged in the sort's order where there are several. */
export function planMappedPartitions(query: Query, use: MappedUse, table: MappedTable): ReadPlan {
  const { keys, index, bounds, order, settle } = use
  const left = conjuncts(query.filter).filter((node) => !use.answered.has(node))
  const own = [...keysOfTable(table), ...keysOfTable(keys)].map(({ name }) => name)
  const { expression, rest } = fitMapped(left, [...own, "_id"])
  const unfinished = { rest, sorted: order !== undefined }
  const take = takeOf(query, unfinished)
  const fields = fieldsToRead(query, rest, table)
  const consistent = index?.kind !== "global" && query.consistency !== "eventual"
  const { Limit } = pageLimit(query, left.length > 0, unfinished.sorted)
  const reads = conditionsOf(use).map((key): DynamoRead => {
    const native: PagesRead = {
      kind: "pages",
      operation: "Query",
      input: {
        TableName: table.table,
        ...(index === undefined ? {} : { IndexName: index.name }),
        ...printParts({
          key,
          ...(expression === undefined ? {} : { filter: expression }),
          ...(fields === undefined ? {} : { fields }),
        }),
        // Global indexes have no other reads, and refuse to be asked for them.
        ...(index?.kind === "global" ? {} : { ConsistentRead: consistent }),
        ...(order === "backward" ? { ScanIndexForward: false } : {}),
        // Where ties are settled, the next document tells that they end.
        ...(Limit === undefined ? {} : { Limit: settle ? Limit + 1 : Limit }),
      },
      filtered: left.length > 0,
      ...(take === undefined || settle ? {} : { take }),
    }
    if (!settle || keys.sort === undefined) return native
    const { sort, after } = query
    return {
      kind: "settled",
      read: native,
      key: [keys.sort.name],
      sort,
      ...(after === undefined ? {} : { after }),
      ...(take === undefined ? {} : { take }),
    }
  })
  const sort = unfinished.sorted ? query.sort : []
  const requests = `${reads.length} Quer${reads.length === 1 ? "y" : "ies"}, ${unitsOf(consistent)} read`
  return mappedPlan(
    index === undefined
      ? { access: "key" }
      : { access: "index", index: index.name, ...(index.kind === "global" ? { eventual: true } : {}) },
    bounds.empty ? { kind: "none" } : joined(reads, sort, take),
    query,
    unfinished,
    [
      reads.length === 0
        ? "no document can have such a key"
        : index === undefined
          ? `the partition is given: ${requests}`
          : `the table's index "${index.name}" serves the query: ${requests}`,
      ...(order === undefined ? ["the order is another than the sort: it is sorted in this process"] : []),
    ],
  )
}

function conditionsOf({ keys: { partition, sort }, heads, tails, bounds }: MappedUse): Expression[] {
  const equals = (name: string, value: AttributeValue): Expression => {
    return { kind: "compare", operator: "=", path: [name], value }
  }
  return heads.flatMap((head) => {
    const first = equals(partition.name, head)
    const seconds = sort && tails ? tails.map((tail) => equals(sort.name, tail)) : [bounds.condition]
    return seconds.map((second) => (second === undefined ? first : (allOf([first, second]) ?? first)))
  })
}

function joined(reads: readonly DynamoRead[], sort: Query["sort"], take: number | undefined): DynamoRead {
  const [only, ...more] = reads
  if (only === undefined) return { kind: "none" }
  if (more.length === 0) return only
  return { kind: "several", reads, sort, overlapping: false, ...(take === undefined ? {} : { take }) }
}
