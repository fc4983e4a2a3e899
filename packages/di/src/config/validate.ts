import type { StandardSchema } from "@nosql/contracts"
import { type ConfigNode, joinPath } from "./config-node.ts"
import type { ConfigProblem } from "./config-problem.ts"
import { redactText } from "./redact.ts"
import { nameKey } from "./spelling.ts"

type Segments = readonly (string | number)[]

/** What a schema itself says about a materialized configuration. What was a problem already is not told again. */
export async function validate(
  value: unknown,
  schema: StandardSchema,
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
    const at = locate(node, segments)
    if (known.some((told) => told === at.path)) continue
    problems.push({ ...at, problem: redactText(message.replace(/^Invalid input: /, ""), secrets) })
  }
  return undefined
}

/** Where a setting was written; of one that is not there, where it would be. */
export function locate(node: ConfigNode, segments: Segments): Pick<ConfigProblem, "source" | "path"> {
  const [segment, ...rest] = segments
  if (segment === undefined) return node
  const inner = childOf(node, segment)
  if (inner !== undefined) return locate(inner, rest)
  return { source: node.source, path: segments.reduce<string>(joinPath, node.path) }
}

export function childOf(node: ConfigNode, segment: string | number): ConfigNode | undefined {
  if (node.kind === "list") return node.items[Number(segment)]
  return node.kind === "object" ? node.entries.get(nameKey(String(segment)))?.node : undefined
}
