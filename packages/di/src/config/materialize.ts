import { didYouMean, nearestName } from "@nosql/core/driver"
import { type ConfigNode, type Entry, joinPath, type ObjectNode } from "./config-node.ts"
import type { ConfigProblem } from "./config-problem.ts"
import { choicesOf, isClosed, itemsOf, type JsonSchema, propertiesOf, typesOf } from "./json-schema.ts"
import { isIndexed } from "./merge-nodes.ts"
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
      if (typesOf(schema)?.has("array") && isIndexed(node)) return indexedItems(node, schema, problems)
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
  const properties = propertiesOf(schema)
  const pairs: [string, unknown][] = []
  for (const entry of node.entries.values()) {
    const property = propertyOf(entry, properties)
    if (property !== undefined) {
      const value = materialize(entry.node, properties[property] ?? {}, problems)
      if (value !== undefined) pairs.push([property, value])
    } else if (!isClosed(schema))
      pairs.push([freeName(entry), materialize(entry.node, valuesOf(schema), problems)])
    else problems.push(unknownName(entry, properties))
  }
  return Object.fromEntries(pairs)
}

/** A name of the user's own; variables shout. */
function freeName({ name, spelling }: Entry): string {
  return spelling === "variable" && !/[a-z]/.test(name) ? name.toLowerCase() : name
}

function valuesOf({ additionalProperties }: JsonSchema): JsonSchema {
  return typeof additionalProperties === "object" ? additionalProperties : {}
}

function propertyOf(
  { name, spelling }: Entry,
  properties: Readonly<Record<string, JsonSchema>>,
): string | undefined {
  return Object.keys(properties).find((property) => spellingsOf(property, spelling).includes(name))
}

/** Names the nearest one, spelled as its neighbours are. */
function unknownName(
  { name, spelling, node }: Entry,
  properties: Readonly<Record<string, JsonSchema>>,
): ConfigProblem {
  const names = Object.keys(properties)
  const nearest =
    names.find((property) => nameKey(property) === nameKey(name)) ??
    nearestName(nameKey(name), names.map(nameKey))
  const property = names.find((candidate) => nameKey(candidate) === nameKey(nearest ?? ""))
  const [usual, ...others] = property === undefined ? [] : spellingsOf(property, spelling)
  const suggested = /[A-Z]/.test(name) && spelling === "file" ? others[0] : usual
  return {
    source: node.source,
    path: node.path,
    problem: `unknown setting${suggested === undefined ? `; expected one of ${names.join(", ")}` : `; did you mean "${suggested}"?`}`,
  }
}

function indexedItems(node: ObjectNode, schema: JsonSchema, problems: ConfigProblem[]): unknown[] {
  const items = [...node.entries.entries()].sort(([a], [b]) => Number(a) - Number(b))
  const gap = items.findIndex(([key], i) => Number(key) !== i)
  if (gap >= 0) {
    const [, { node: item }] = items[gap] as [string, Entry]
    problems.push({
      source: item.source,
      path: item.path,
      problem: `a list's indexes begin at 0 and leave none out: ${joinPath(node.path, gap)} is missing`,
    })
  }
  return items.map(([, { node: item }]) => materialize(item, itemsOf(schema), problems))
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
