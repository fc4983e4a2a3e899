/** Where a random run begins and how long it is. */
export interface RandomSettings {
  /** The same seed asks the same questions. */
  readonly seed: number
  /** How many queries and writes, in all. */
  readonly runs: number
  /** How long a failure may be made smaller, in milliseconds. @default 60_000 */
  readonly shrinkMs?: number
}

/** `SEED` and `RUNS` of the environment. The default is always the same seed, so that a red gate is about the change. */
export function randomSettings(
  environment: Readonly<Record<string, string | undefined>>,
  runs = 2000,
): RandomSettings {
  return { seed: readNumber(environment, "SEED", 1), runs: readNumber(environment, "RUNS", runs) }
}

function readNumber(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
  otherwise: number,
): number {
  const number = Number(environment[name] ?? otherwise)
  if (!Number.isSafeInteger(number)) throw new Error(`${name} is a whole number`)
  return number
}
