/**
 * Where dynoxide, the engine that tests find on the machine, answers otherwise than AWS, as far as it has been met. No case of a suite fails by it: the driver
 * asks for neither, and `lint-request.ts` refuses in tests what AWS refuses.
 */
export const dynoxideDifferences: readonly string[] = [
  // AWS: "The document path provided in the update expression is invalid for update". The driver asks for a map in its condition.
  "SET of a path through a NULL makes a map of it",
  // AWS: tables and indexes take seconds to be made and removed, and deletions by TTL come within days.
  "tables and indexes are there at once",
]
