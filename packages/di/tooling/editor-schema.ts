import { itemsOf, type JsonSchema, propertiesOf, typesOf } from "../src/config/json-schema.ts"
import { spellingsOf } from "../src/config/spelling.ts"
import { withBlocks } from "../src/config/with-blocks.ts"

/** The JSON Schema of `application.yaml`, for editors: each name in both spellings, and `${VAR}` where a value may stand. */
export function editorSchema(
  general: JsonSchema,
  blocks: Readonly<Record<string, JsonSchema>>,
): Readonly<Record<string, unknown>> {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "application.yaml",
    description: "The section of @nosql. Made from the schemas that check it: do not edit.",
    type: "object",
    properties: { nosql: written(withBlocks(general, blocks)) },
    $defs: { variable: { type: "string", pattern: String.raw`\$\{[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\}` } },
  }
}

function written(schema: JsonSchema): object {
  const properties = Object.entries(propertiesOf(schema))
  const types = typesOf(schema)
  const { default: fallback, description, writeOnly } = schema
  const notes = { description, default: fallback, writeOnly }
  if (properties.length > 0) {
    return {
      type: "object",
      ...notes,
      properties: Object.fromEntries(
        properties.flatMap(([name, property]) =>
          [...new Set(spellingsOf(name, "file"))].map((spelling) => [spelling, written(property)]),
        ),
      ),
      additionalProperties: schema.additionalProperties,
    }
  }
  if (types?.has("array")) return { ...notes, type: "array", items: written(itemsOf(schema)) }
  if (types === undefined || types.has("string")) {
    const { enum: choices } = schema
    return choices === undefined ? schema : { ...notes, anyOf: [{ enum: choices }, variable] }
  }
  return { ...notes, anyOf: [{ ...schema, ...none }, variable] }
}

const variable = { $ref: "#/$defs/variable" }
const none = { description: undefined, default: undefined, writeOnly: undefined }
