import type { OptionsSchema } from "@nosql/core/driver"

/** What we read of a JSON Schema. */
export interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly additionalProperties?: boolean | JsonSchema
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  readonly default?: unknown
  readonly description?: string
  readonly minimum?: number
  readonly maximum?: number
  /** A secret: never shown. */
  readonly writeOnly?: boolean
}

export function jsonSchemaOf(schema: OptionsSchema<unknown>): JsonSchema {
  return schema["~standard"].jsonSchema.input({ target: "draft-2020-12" })
}

/** The alternatives of a schema, itself included. */
function branches(schema: JsonSchema): JsonSchema[] {
  return [schema, ...[schema.anyOf, schema.oneOf, schema.allOf].flatMap((of) => of?.flatMap(branches) ?? [])]
}

export function propertiesOf(schema: JsonSchema): Readonly<Record<string, JsonSchema>> {
  return Object.assign({}, ...branches(schema).map(({ properties }) => properties))
}

/** Whether names beyond the properties are refused. */
export function isClosed(schema: JsonSchema): boolean {
  const objects = branches(schema).filter(
    ({ type, properties }) => type === "object" || properties !== undefined,
  )
  return objects.length > 0 && objects.every(({ additionalProperties }) => additionalProperties === false)
}

/** The schema of what stands under a name. */
export function schemaAt(schema: JsonSchema, name: string): JsonSchema {
  const properties = propertiesOf(schema)
  if (Object.hasOwn(properties, name)) return properties[name] ?? {}
  return typeof schema.additionalProperties === "object" ? schema.additionalProperties : {}
}

export function itemsOf(schema: JsonSchema): JsonSchema {
  return branches(schema).find(({ items }) => items !== undefined)?.items ?? {}
}

/** The JSON types that a value may have; undefined: any. */
export function typesOf(schema: JsonSchema): ReadonlySet<string> | undefined {
  const alternatives = schema.anyOf ?? schema.oneOf
  if (schema.type !== undefined) return new Set([schema.type].flat())
  if (schema.enum !== undefined) return new Set(schema.enum.map((value) => typeof value))
  if (schema.const !== undefined) return new Set([typeof schema.const])
  if (alternatives === undefined) return undefined
  const types = alternatives.map(typesOf)
  return types.includes(undefined) ? undefined : new Set(types.flatMap((set) => [...(set ?? [])]))
}

/** The values to choose from, where there are no others. */
export function choicesOf(schema: JsonSchema): readonly unknown[] | undefined {
  if (schema.enum !== undefined) return schema.enum
  if (schema.const !== undefined) return [schema.const]
  const alternatives = (schema.anyOf ?? schema.oneOf)?.map(choicesOf)
  return alternatives === undefined || alternatives.includes(undefined)
    ? undefined
    : alternatives.flatMap((choices) => choices ?? [])
}
