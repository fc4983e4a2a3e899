import { NoSQLError } from "@nosql/contracts"
import { type ConfigSource, formatSource } from "./config-source.ts"

/** One thing that is wrong with the configuration. It never holds a value. */
export interface ConfigProblem {
  readonly source: ConfigSource
  /** The setting, as code spells it; empty for a whole source. */
  readonly path: string
  readonly problem: string
}

/** Every problem at once, so that a configuration is mended in one go. */
export function configError(problems: readonly ConfigProblem[]): NoSQLError {
  // A block that several stores share is read for each of them.
  const byLine = new Map(problems.map((problem) => [formatProblem(problem), problem]))
  const lines = [...byLine.keys()]
  const count = lines.length === 1 ? "a problem" : `${lines.length} problems`
  return new NoSQLError("config", `configure: ${count} in the configuration:\n- ${lines.join("\n- ")}`, {
    operation: "configure",
    path: problems[0]?.path ?? "",
    details: {
      problems: [...byLine.values()].map(({ source, path, problem }) => ({
        source: formatSource(source),
        path,
        problem,
      })),
    },
  })
}

function formatProblem({ source, path, problem }: ConfigProblem): string {
  return `${formatSource(source)}: ${path === "" ? "" : `${path}: `}${problem}`
}
