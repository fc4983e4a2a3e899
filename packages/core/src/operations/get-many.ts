import type { Document } from "@nosql/contracts"
import { isIn } from "../ast/filter.ts"
import { fold } from "../ast/fold.ts"
import { idPath } from "../ast/path.ts"
import { queryOf } from "../ast/query.ts"
import type { Operation } from "./operation.ts"
import { readDocuments } from "./read-documents.ts"

/** Ids asked for in one query. Drivers whose store takes fewer split it. */
const idsPerQuery = 1000

/** The documents of these ids, in their order, null where there is none, each id read once. */
export async function getMany(
  operation: Operation,
  ids: readonly string[],
  options: { readonly consistency?: "strong" | "eventual" | undefined },
): Promise<(Document | null)[]> {
  const unique = [...new Set(ids)]
  const found = new Map<string, Document>()
  const { consistency } = options
  for (let start = 0; start < unique.length; start += idsPerQuery) {
    const filter = fold(isIn(idPath, unique.slice(start, start + idsPerQuery)))
    const query = queryOf(filter, consistency === undefined ? {} : { consistency })
    for await (const batch of readDocuments(operation, query)) {
      for (const document of batch) found.set(document["_id"] as string, document)
    }
  }
  return ids.map((id) => found.get(id) ?? null)
}
