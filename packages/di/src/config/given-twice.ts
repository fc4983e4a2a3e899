import type { Entry } from "./config-node.ts"
import type { ConfigProblem } from "./config-problem.ts"

/** Of an entry whose object has another spelling of its name before it. */
export function givenTwice({ name, before, node: { source, path } }: Entry): ConfigProblem {
  return { source, path, problem: `given twice, as ${before} and ${name}` }
}
