import type {
  CollectionDefinition,
  CollectionOptions,
  Document,
  SchemaCollectionOptions,
  TtlDefinition,
} from "@nosql/contracts"
import { parsePath } from "../parse/parse-path.ts"
import { argumentError } from "../values/argument-error.ts"
import { checkDefinition } from "./check-definition.ts"
import { checkIndex } from "./check-index.ts"
import { checkCollectionName } from "./collection-name.ts"
import { parseDeclaration } from "./field-declaration.ts"
import { refuseUnknown } from "./refuse-unknown.ts"

/** The options of either form, without what only the compiler knows. */
type DefinitionSource = Partial<Omit<CollectionDefinition<object>, "name" | `~${string}`>>

const context = { operation: "defineCollection" }

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
  checkCollectionName(name, context.operation, () => undefined)
  checkDefinition(options)
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
    parsePath(path, context)
    parseDeclaration(path, declaration)
  }
  if (ttl !== undefined) checkTtl(ttl)
  return Object.freeze({
    name,
    fields: Object.freeze(fields),
    indexes: Object.freeze(Array.from(indexes, (index) => checkIndex(index, context))),
    ids,
    validateUpdates,
    ...(ttl === undefined ? {} : { ttl: Object.freeze({ ...ttl }) }),
    ...(schema === undefined ? {} : { schema }),
    ...(provision === undefined ? {} : { provision }),
    ...(scans === undefined ? {} : { scans }),
  })
}

function checkTtl(ttl: TtlDefinition): void {
  refuseUnknown(ttl, ["field", "afterSeconds", "hide"], "ttl", context)
  const { field, afterSeconds = 0, hide } = ttl
  parsePath(field, context)
  if (hide !== undefined && typeof hide !== "boolean")
    throw argumentError(context, "ttl.hide", "is true or false")
  if (field === "_id") throw argumentError(context, "ttl.field", "takes a date field, and an _id is none")
  if (!Number.isSafeInteger(afterSeconds) || afterSeconds < 0)
    throw argumentError(context, "ttl.afterSeconds", "takes whole seconds, 0 or more")
}
