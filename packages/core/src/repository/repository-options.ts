import { requireObject } from "../operations/check-options.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"

/** What a repository does beside reading and writing. All of it can be combined. */
export interface RepositoryOptions {
  /** `delete` marks (`_deleted`, `_deletedAt`) instead of removing; what is marked is found through `withDeleted()` and `onlyDeleted()` alone. @default false */
  readonly softDelete?: boolean
  /** Keeps `createdAt` and `updatedAt`. @default false */
  readonly timestamps?: boolean
  /** Keeps `version`, from 1: saving an entity that somebody else has changed in between is a `conflict`. @default false */
  readonly optimisticLocking?: boolean
  /** Every entity belongs to a tenant, named by this field (`true`: `tenantId`); the repository works through `forTenant(id)` only. @default false */
  readonly multiTenant?: boolean | string
  /** The most that `findBy`, `findByFilter` and `findBySpec` return without a `limit`; more are `resource-exhausted`. @default 1000 */
  readonly maxResults?: number
  /** The clock of timestamps and deletions. @default the system's */
  readonly clock?: () => Date
}

/** The options, settled. */
export interface Behaviours {
  readonly softDelete: boolean
  readonly timestamps: boolean
  readonly optimisticLocking: boolean
  readonly tenantField: string | undefined
  readonly maxResults: number
  readonly clock: () => Date
}

const kinds = {
  softDelete: ["boolean"],
  timestamps: ["boolean"],
  optimisticLocking: ["boolean"],
  multiTenant: ["boolean", "string"],
  maxResults: ["number"],
  clock: ["function"],
} as const satisfies Record<keyof RepositoryOptions, readonly string[]>

export function behavioursOf(options: RepositoryOptions, context: CallContext): Behaviours {
  requireObject(options, context)
  for (const [name, value] of Object.entries(options)) {
    const known: readonly string[] | undefined = Object.hasOwn(kinds, name)
      ? kinds[name as keyof typeof kinds]
      : undefined
    if (known === undefined)
      throw argumentError(context, `options.${name}`, `is unknown; there are ${Object.keys(kinds).join(" ")}`)
    if (value !== undefined && !known.includes(typeof value))
      throw argumentError(context, `options.${name}`, `takes a ${known.join(" or a ")}`)
  }
  const { softDelete = false, timestamps = false, optimisticLocking = false, maxResults = 1000 } = options
  const { multiTenant = false, clock = () => new Date() } = options
  if (!Number.isSafeInteger(maxResults) || maxResults < 1)
    throw argumentError(context, "options.maxResults", "takes a whole number, 1 or more")
  if (multiTenant === "")
    throw argumentError(context, "options.multiTenant", "takes true, or the name of a field")
  const tenantField = multiTenant === true ? "tenantId" : multiTenant === false ? undefined : multiTenant
  return { softDelete, timestamps, optimisticLocking, tenantField, maxResults, clock }
}
