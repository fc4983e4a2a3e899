import { NoSQLError } from "@nosql/contracts"

/** Something wrong with the options. `path` is the option's name; neither names a value. */
export interface OptionProblem {
  readonly path: string
  readonly problem: string
}

/** One error for all that is wrong with the options. */
export function configError(problems: readonly OptionProblem[]): NoSQLError {
  const [first] = problems
  const text = problems.map(({ path, problem }) => `${path} ${problem}`).join("; ")
  return new NoSQLError("config", `connect: ${text}`, {
    operation: "connect",
    backend: "firestore",
    ...(problems.length === 1 && first !== undefined ? { path: first.path } : {}),
    details: { problems },
  })
}
