import { choicesOf, itemsOf, type JsonSchema, propertiesOf, typesOf } from "../src/config/json-schema.ts"
import { environmentPrefix } from "../src/config/read-environment.ts"
import { snakeCase } from "../src/config/spelling.ts"

const columns = ["setting", "values", "default", "environment", ""]

/** The documentation's table of settings: those of the general schema, and of each driver's block. */
export function settingsTable(general: JsonSchema, blocks: Readonly<Record<string, JsonSchema>>): string {
  const { backends, ...own } = propertiesOf(general)
  const rows = [
    ...rowsOf(own, []),
    ...(backends === undefined ? [] : [row(["backends"], backends)]),
    ...rowsOf(propertiesOf(itemsOf(backends ?? {})), ["backends[0]"]),
    ...Object.entries(blocks).flatMap(([name, block]) => rowsOf(propertiesOf(block), [name])),
  ]
  // Padded, as the formatter leaves it.
  const widths = columns.map((column, i) =>
    Math.max(3, column.length, ...rows.map((cells) => cells[i]?.length ?? 0)),
  )
  const lines = [columns, widths.map((width) => "-".repeat(width)), ...rows]
  return lines
    .map((cells) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`)
    .join("\n")
}

function rowsOf(properties: Readonly<Record<string, JsonSchema>>, path: readonly string[]): string[][] {
  return Object.entries(properties).map(([name, property]) => row([...path, name], property))
}

function row(path: readonly string[], property: JsonSchema): string[] {
  const variable = path.map((name) => snakeCase(name.replace("[0]", "__0")).toUpperCase()).join("__")
  return [
    `\`${path.join(".")}\``,
    valuesText(property),
    property.default === undefined ? "" : `\`${JSON.stringify(property.default)}\``,
    `\`${environmentPrefix}${variable}\``,
    `${property.description ?? ""}${property.writeOnly === true ? " (secret)" : ""}`,
  ].map((cell) => cell.replaceAll("|", "\\|"))
}

function valuesText(property: JsonSchema): string {
  const choices = choicesOf(property)
  if (choices !== undefined) return choices.map((choice) => `\`${String(choice)}\``).join(", ")
  const types = [...(typesOf(property) ?? ["anything"])].join(" or ")
  return property.minimum === undefined || property.minimum < 0
    ? types
    : `${types}, at least ${property.minimum}`
}
