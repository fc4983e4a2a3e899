import type { OptionsSchema } from "@nosql/core/driver"
import { type ConfigNode, joinPath } from "./config-node.ts"
import type { ConfigProblem } from "./config-problem.ts"
import { isList, itemNodes } from "./item-nodes.ts"
import { itemsOf, type JsonSchema, jsonSchemaOf, schemaAt } from "./json-schema.ts"
import { nameEntries } from "./name-entries.ts"
import { redactText } from "./redact.ts"

type Segments = readonly (string | number)[]

/** What a schema itself says about a materialized configuration. What was a problem already is not told again. */
export async function validate(
  value: unknown,
  schema: OptionsSchema<unknown>,
  node: ConfigNode,
  secrets: readonly string[],
  problems: ConfigProblem[],
): Promise<unknown> {
  const result = await schema["~standard"].validate(value)
  if (result.issues === undefined) return result.value
  const known = problems.map(({ path }) => path)
  for (const { message, path = [] } of result.issues) {
    const segments = path.map((segment) => {
      const key = typeof segment === "object" ? segment.key : segment
      return typeof key === "number" ? key : String(key)
    })
    const at = locate(node, segments, jsonSchemaOf(schema))
    if (known.some((told) => told === at.path)) continue
    problems.push({ ...at, problem: redactText(message.replace(/^Invalid input: /, ""), secrets) })
  }
  return undefined
}

/** Where a setting was written; of one that is not there, where it would be. */
export function locate(
  node: ConfigNode,
  segments: Segments,
  schema: JsonSchema,
): Pick<ConfigProblem, "source" | "path"> {
  const [segment, ...rest] = segments
  if (segment === undefined) return node
  const name = String(segment)
  if (isList(node, schema)) {
    const [, item] = itemNodes(node)[Number(name)] ?? []
    if (item !== undefined) return locate(item, rest, itemsOf(schema))
  } else if (node.kind === "object") {
    const inner = nameEntries(node, schema).nodes.get(name)
    if (inner !== undefined) return locate(inner, rest, schemaAt(schema, name))
  }
  return { source: node.source, path: segments.reduce<string>(joinPath, node.path) }
}
