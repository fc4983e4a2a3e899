import type { ConfigNode, ObjectNode } from "./config-node.ts"
import type { ConfigProblem } from "./config-problem.ts"
import { itemNodes } from "./item-nodes.ts"
import { settingNode } from "./setting-node.ts"
import { textValue } from "./text-value.ts"

/** What the backends must not have in common: a name, and being primary. */
export function backendProblems(tree: ObjectNode): ConfigProblem[] {
  const items = itemNodes(settingNode(tree, "backends")).map(([, item]) => item)
  return [
    ...repeated(
      items,
      "name",
      (value) => typeof value === "string",
      (first) => `the same name as ${first}: names are unique`,
    ),
    ...repeated(
      items,
      "primary",
      (value) => value === true,
      (first) => `${first} is primary already: there is one at most`,
    ),
  ]
}

function repeated(
  items: readonly ConfigNode[],
  property: string,
  counts: (value: unknown) => boolean,
  problem: (first: string) => string,
): ConfigProblem[] {
  const first = new Map<unknown, ConfigNode>()
  return items.flatMap((item) => {
    const node = settingNode(item, property)
    if (node?.kind !== "value") return []
    const value =
      node.text && property === "primary" ? textValue(String(node.value), { type: "boolean" }) : node.value
    if (!counts(value)) return []
    const before = first.get(value)
    if (before !== undefined) return { source: node.source, path: node.path, problem: problem(before.path) }
    first.set(value, item)
    return []
  })
}
