import { argumentError, type CallContext } from "../values/argument-error.ts"

/** What a filter from outside may use; see `parseFilter`. */
interface AllowedInput {
  readonly operators: ReadonlySet<string>
  readonly paths: ReadonlySet<string>
  readonly nulls: boolean
}

/** Where in a filter the parser stands. */
export interface FilterScope {
  readonly context: CallContext
  /** The dotted path of the array whose elements are asked; empty at the document. */
  readonly within: string
  /** False below `$or`, `$nor`, `$not` and `$elemMatch`: no place for `$text`. */
  readonly conjunctive: boolean
  readonly depth: number
  readonly allowed?: AllowedInput | undefined
}

/** Every store takes so many levels (MongoDB's own limit for a filter is 100), and no stack overflows. */
const maxDepth = 32

export function documentScope(context: CallContext, allowed?: AllowedInput): FilterScope {
  return { context, within: "", conjunctive: true, depth: 0, allowed }
}

/** One level deeper, at `key`. */
export function descend<S extends FilterScope>(
  scope: S,
  key: string,
  change: Partial<Pick<FilterScope, "within" | "conjunctive">> = {},
): S {
  if (scope.depth === maxDepth) {
    throw argumentError(scope.context, key, `filters are nested deeper than ${maxDepth} levels`)
  }
  return { ...scope, ...change, depth: scope.depth + 1 }
}
