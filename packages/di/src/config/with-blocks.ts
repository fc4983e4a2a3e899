import type { JsonSchema } from "./json-schema.ts"

/** The general schema with the names of the drivers' blocks beside its own, at the top and in `backends`: for what was probably meant. */
export function withBlocks(schema: JsonSchema, blocks: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const { backends, ...own } = schema.properties ?? {}
  const item = backends?.items
  return {
    ...schema,
    properties: {
      ...own,
      ...blocks,
      ...(backends === undefined
        ? {}
        : { backends: { ...backends, items: { ...item, properties: { ...item?.properties, ...blocks } } } }),
    },
  }
}
