import { didYouMean, nearestName } from "@nosql/core/driver"
import { type ConfigNode, type Entry, joinPath, type ObjectNode } from "./config-node.ts"
import type { ConfigProblem } from "./config-problem.ts"
import { givenTwice } from "./given-twice.ts"
import { isList, itemNodes } from "./item-nodes.ts"
import { choicesOf, itemsOf, type JsonSchema, propertiesOf, schemaAt, typesOf } from "./json-schema.ts"
import { nameEntries } from "./name-entries.ts"
import { nodeOf } from "./node-of.ts"
import { nameKey, spellingsOf } from "./spelling.ts"
import { textValue } from "./text-value.ts"

/**
 * The plain value of a configuration, in the schema's spelling. Unknown names, values of a wrong type and values that are no choice become
 * problems and are left out; what remains is for the schema's own validation.
 */
export function materialize(node: ConfigNode, schema: JsonSchema, problems: ConfigProblem[]): unknown {
  switch (node.kind) {
    case "value": {
      const value = node.text ? textValue(String(node.value), schema) : node.value
      if (!node.text || typeof value !== "object") return checked(node, value, schema, problems)
      return materialize(nodeOf(value, { ...node, spelling: "file", problems }), schema, problems)
    }
    case "list": {
      if (!allowed("array", node, schema, problems)) return undefined
      return node.items.map((item) => materialize(item, itemsOf(schema), problems))
    }
    case "object": {
      if (isList(node, schema)) return indexedItems(node, schema, problems)
      if (!allowed("object", node, schema, problems)) return undefined
      return materializeObject(node, schema, problems)
    }
  }
}

function materializeObject(
  node: ObjectNode,
  schema: JsonSchema,
  problems: ConfigProblem[],
): Record<string, unknown> {
  const { nodes, unknown, repeated } = nameEntries(node, schema)
  problems.push(
    ...unknown.map((entry) => unknownName(entry, node, propertiesOf(schema))),
    ...repeated.map(givenTwice),
  )
  return Object.fromEntries(
    [...nodes].flatMap(([name, inner]): [string, unknown][] => {
      const value = materialize(inner, schemaAt(schema, name), problems)
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

/** Names the nearest one, spelled as its neighbours are. */
function unknownName(
  { name, spelling, node }: Entry,
  { path: owner }: ObjectNode,
  properties: Readonly<Record<string, JsonSchema>>,
): ConfigProblem {
  const names = Object.keys(properties)
  const nearest =
    names.find((property) => nameKey(property) === nameKey(name)) ??
    nearestName(nameKey(name), names.map(nameKey))
  const property = names.find((candidate) => nameKey(candidate) === nameKey(nearest ?? ""))
  const [usual, ...others] = property === undefined ? [] : spellingsOf(property, spelling)
  const suggested = /[A-Z]/.test(name) && spelling === "file" ? others[0] : usual
  const remedy =
    suggested === undefined ? `expected one of ${names.join(", ")}` : `did you mean "${suggested}"?`
  return {
    source: node.source,
    path: node.path,
    problem: `unknown setting; ${names.length === 0 ? `${owner} has no settings` : remedy}`,
  }
}

function indexedItems(node: ObjectNode, schema: JsonSchema, problems: ConfigProblem[]): unknown[] {
  const items = itemNodes(node)
  const gap = items.findIndex(([index], i) => index !== i)
  const [, after] = items[gap] ?? []
  if (after !== undefined) {
    problems.push({
      source: after.source,
      path: after.path,
      problem: `a list's indexes begin at 0 and leave none out: ${joinPath(node.path, gap)} is missing`,
    })
  }
  return items.map(([, item]) => materialize(item, itemsOf(schema), problems))
}

function checked(node: ConfigNode, value: unknown, schema: JsonSchema, problems: ConfigProblem[]): unknown {
  if (!allowed(typeName(value), node, schema, problems)) return undefined
  const choices = choicesOf(schema)
  if (choices === undefined || choices.includes(value)) return value
  const hint = typeof value === "string" ? didYouMean(value, choices.map(String)) : ""
  problems.push({
    source: node.source,
    path: node.path,
    problem: `expected one of ${choices.map(String).join(", ")}${hint}`,
  })
  return undefined
}

/** Whether the schema has a place for values of this type. */
function allowed(type: string, node: ConfigNode, schema: JsonSchema, problems: ConfigProblem[]): boolean {
  const types = typesOf(schema)
  if (types === undefined || types.has(type) || (type === "integer" && types.has("number"))) return true
  problems.push({
    source: node.source,
    path: node.path,
    problem: `expected ${[...types].join(" or ")}, not ${type}`,
  })
  return false
}

function typeName(value: unknown): string {
  if (value === null) return "null"
  if (Array.isArray(value)) return "array"
  return Number.isInteger(value) ? "integer" : typeof value
}
