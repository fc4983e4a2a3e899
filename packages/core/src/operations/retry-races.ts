import { NoSQLError } from "@nosql/contracts"
import { pause } from "./pause.ts"

/** Times that an upsert may meet another writer's. */
const maxRaces = 8
/** Times that it may find nothing and then be told that its document is there: the second time, the taken value is that of a document that does not match. */
const maxTaken = 2

/** Runs an upsert again where somebody else inserted between its look and its insert: then there is a match to write. */
export async function retryRaces<R>(upsert: () => Promise<R>): Promise<R> {
  let taken = 0
  for (let race = 1; ; race++) {
    try {
      return await upsert()
    } catch (error) {
      if (isTaken(error)) taken++
      if (race === maxRaces || taken === maxTaken || !lostRace(error)) throw error
      await pause(race)
    }
  }
}

/** Whether an id or a unique value was there already. */
export function isTaken(error: unknown): error is NoSQLError {
  return NoSQLError.isInstance(error) && error.code === "already-exists"
}

/** Whether another writer was first; the write can be tried again. */
export function lostRace(error: unknown): boolean {
  return isTaken(error) || isConflict(error)
}

/** The store undid the write because another one met it: nothing of it is there. */
function isConflict(error: unknown): boolean {
  return NoSQLError.isInstance(error) && error.code === "conflict" && error.retryable
}
