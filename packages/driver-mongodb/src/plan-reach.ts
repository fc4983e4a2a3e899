import {
  type CollectionInfo,
  type FilterNode,
  type IndexPowers,
  planAccess,
  type Reach,
  type SortKey,
} from "@nosql/core/driver"

/**
 * MongoDB's indexes hold the elements of arrays (https://www.mongodb.com/docs/manual/core/indexes/index-types/index-multikey/), each alternative of an `$or` may
 * go by its own, and the unique ones are partial (https://www.mongodb.com/docs/manual/core/index-partial/#query-coverage).
 */
const powers: IndexPowers = { elements: true, unions: true, partialUnique: true }

export function planReach(collection: CollectionInfo, filter: FilterNode, sort: readonly SortKey[]): Reach {
  return planAccess(collection, filter, sort, powers)
}
