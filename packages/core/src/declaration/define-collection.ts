import type {
  CollectionDefinition,
  CollectionOptions,
  Document,
  SchemaCollectionOptions,
  TtlDefinition,
} from "@nosql/contracts"
import { parsePath } from "../parse/parse-path.ts"
import { refuseUnknown } from "../store/refuse-unknown.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { checkDefinition } from "./check-definition.ts"
import { checkIndexes } from "./check-indexes.ts"
import { checkCollectionName } from "./collection-name.ts"
import { parseDeclaration } from "./field-declaration.ts"

/** The options of either form, without what only the compiler knows. */
type DefinitionSource = Partial<Omit<CollectionDefinition<object>, "name" | `~${string}`>>

const operation = "defineCollection"

/**
 * Describes a collection once, as data that the compiler, the planner and the store all read.
 * With a `schema` (zod, valibot, arktype: any Standard Schema) the types come from it, and what is inserted is validated.
 *
 * @example
 * const Users = defineCollection<User>("users", {
 *   fields: { status: "string", age: "number?" },
 *   indexes: [{ keys: { email: 1 }, unique: true }, { keys: { status: 1, age: -1 } }],
 *   ttl: { field: "expiresAt" },
 * })
 * @throws NoSQLError `invalid-argument`: a bad name, path, kind, index or ttl. A path as a name (`users/ada/items`) is for stores with collections in documents.
 */
export function defineCollection<Input extends object, Output extends object>(
  name: string,
  options: SchemaCollectionOptions<Input, Output>,
): CollectionDefinition<Output, Input>
export function defineCollection<T extends object = Document>(
  name: string,
  options?: CollectionOptions<T>,
): CollectionDefinition<T>
export function defineCollection(name: string, options: object = {}): CollectionDefinition<never, never> {
  // Which paths there are, a store says.
  checkCollectionName(name, operation, () => undefined)
  const context = { operation, collection: name }
  checkDefinition(options, context)
  const {
    indexes = [],
    ttl,
    schema,
    provision,
    scans,
    ids = "auto",
    validateUpdates = false,
    ...source
  }: DefinitionSource = options
  const fields = { ...source.fields }
  for (const [path, declaration] of Object.entries(fields)) {
    parsePath(path, context, `fields.${path}`)
    parseDeclaration(path, declaration, context)
  }
  if (ttl !== undefined) checkTtl(ttl, context)
  return Object.freeze({
    name,
    fields: Object.freeze(fields),
    indexes: checkIndexes(indexes, ttl, context),
    ids,
    validateUpdates,
    ...(ttl === undefined ? {} : { ttl: Object.freeze({ ...ttl }) }),
    ...(schema === undefined ? {} : { schema }),
    ...(provision === undefined ? {} : { provision }),
    ...(scans === undefined ? {} : { scans }),
  })
}

/** The longest that MongoDB's indexes take: https://www.mongodb.com/docs/manual/core/index-ttl/ */
const mostSeconds = 2 ** 31 - 1

function checkTtl(ttl: TtlDefinition, context: CallContext): void {
  refuseUnknown(ttl, ["field", "afterSeconds", "hide"], "ttl", context)
  const { field, afterSeconds = 0, hide } = ttl
  parsePath(field, context, "ttl.field")
  if (hide !== undefined && typeof hide !== "boolean")
    throw argumentError(context, "ttl.hide", "is true or false")
  if (field === "_id") throw argumentError(context, "ttl.field", "takes a date field, and an _id is none")
  if (!Number.isInteger(afterSeconds) || afterSeconds < 0 || afterSeconds > mostSeconds)
    throw argumentError(context, "ttl.afterSeconds", `takes whole seconds from 0 to ${mostSeconds}`)
}
