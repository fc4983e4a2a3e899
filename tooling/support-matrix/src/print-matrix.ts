import { type Capabilities, type Feature, features } from "@nosql/core/driver"

export interface MatrixColumn {
  /** The driver's name, as in the configuration. */
  readonly driver: string
  readonly capabilities: Capabilities
}

const marks = { native: "native", emulated: "emulated", none: "—" } as const

/** docs/support-matrix.md: what each driver does natively, what core or the driver does for it, what is refused, and the cases that hold it to that. */
export function printMatrix(
  columns: readonly MatrixColumn[],
  cases: ReadonlyMap<Feature, readonly string[]>,
): string {
  const head = ["feature", ...columns.map(({ driver }) => driver)]
  const rows = features.map((feature) => [
    `\`${feature}\``,
    ...columns.map(({ capabilities }) => `[${marks[capabilities[feature]]}](#${anchor(feature)})`),
  ])
  return [
    "# What each driver supports",
    "",
    "Made from the drivers' capability tables and the conformance suite by `npx pnpm@12 support-matrix`; do not edit it.",
    "",
    "- **native**: the store does it. Where that holds for a part only, the driver's page says which, and `explain()` for each query.",
    "- **emulated**: this process or the driver does it, with the same answers; it may read more than it returns.",
    "- **—**: refused before any I/O, by the feature's name.",
    "",
    "Each cell leads to the cases that every driver with the feature passes on its server.",
    "",
    table([head, ...rows]),
    "",
    "## The cases",
    "",
    ...features.flatMap((feature) => section(feature, cases.get(feature) ?? [])),
  ].join("\n")
}

function section(feature: Feature, cases: readonly string[]): string[] {
  const some = cases.length === 1 ? "1 case" : `${cases.length} cases`
  return [
    `### ${feature}`,
    "",
    `<details><summary>${some}</summary>`,
    "",
    ...cases.map((name) => `- ${plain(name)}`),
    "",
    "</details>",
    "",
  ]
}

/** As GitHub makes them of a heading. */
function anchor(feature: Feature): string {
  return feature.toLowerCase().replace(/[^a-z0-9 -]/g, "")
}

/** A case's name as text, whatever is in it. */
function plain(name: string): string {
  const fence = name.includes("`") ? "``" : "`"
  return `${fence}${fence === "``" ? ` ${name} ` : name}${fence}`
}

function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`
  return [line(head), line(head.map(() => "---")), ...body.map(line)].join("\n")
}
