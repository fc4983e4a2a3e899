import { NoSQLError } from "@nosql/contracts"

/** Something wrong with a driver's options. `path` is the option's name, `clientOptions.region` in an object; neither names a value. */
export interface OptionProblem {
  readonly path: string
  readonly problem: string
}

/** One error for all that is wrong with a driver's options. It has no cause: an SDK's words may repeat what is secret. */
export function configError(backend: string, problems: readonly OptionProblem[]): NoSQLError {
  const [first] = problems
  const text = problems.map(({ path, problem }) => `${path} ${problem}`).join("; ")
  return new NoSQLError("config", `connect: ${text}`, {
    operation: "connect",
    backend,
    ...(problems.length === 1 && first !== undefined ? { path: first.path } : {}),
    details: { problems },
  })
}
