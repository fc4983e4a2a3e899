import { builderCalls } from "./builder-calls.ts"
import type { Calls } from "./call.ts"
import { collectionCalls } from "./collection-calls.ts"
import { repositoryCalls } from "./repository-calls.ts"

export const calls: Calls = { ...collectionCalls, ...builderCalls, ...repositoryCalls }
