import type { OptionProblem } from "./config-error.ts"
import { nearestName } from "./nearest-name.ts"

/** What an option must be: undefined where the value will do. It repeats no value: one may be a secret. */
export type OptionRule = (value: unknown) => string | undefined

/** A driver's options. */
export interface OptionTable {
  /** The database, as its users write it. */
  readonly backend: string
  /** Of an address, one for each option. */
  readonly rules: Readonly<Record<string, OptionRule>>
  /** Of a client that the user brings: what it must be, and which of the options go with it. */
  readonly client: { readonly rule: OptionRule; readonly options: readonly string[] }
  /** What options are called elsewhere, and what they are here. */
  readonly otherNames?: Readonly<Record<string, string>>
  /** Names that go elsewhere: what to write where one of them was probably meant. */
  readonly elsewhere?: { readonly names: readonly string[]; readonly remedy: (name: string) => string }
}

/** Everything that is wrong with the options one by one. What is `undefined` is not set. */
export function checkOptionTable(options: object, table: OptionTable): OptionProblem[] {
  const stated = Object.entries(options).filter(([, value]) => value !== undefined)
  const ownClient = stated.some(([name]) => name === "client")
  return stated.flatMap(([name, value]): OptionProblem[] => {
    const problem = ownClient ? besideClient(name, value, table) : ofAddress(name, value, table)
    return problem === undefined ? [] : [{ path: quotableName(name), problem }]
  })
}

function besideClient(name: string, value: unknown, { rules, client }: OptionTable): string | undefined {
  if (name === "client") return client.rule(value)
  return client.options.includes(name)
    ? rules[name]?.(value)
    : "has no effect on a client of your own: set it there"
}

function ofAddress(name: string, value: unknown, table: OptionTable): string | undefined {
  const { backend, rules } = table
  if (Object.hasOwn(rules, name)) return rules[name]?.(value)
  return `is no option of the ${backend} driver; ${remedyFor(name, table)}`
}

function remedyFor(name: string, { rules, otherNames = {}, elsewhere }: OptionTable): string {
  if (Object.hasOwn(otherNames, name)) return `it is called ${otherNames[name]} here`
  const own = Object.keys(rules)
  const nearest = nearestName(name, [...own, ...(elsewhere?.names ?? [])])
  if (nearest === undefined) return `there are ${own.join(", ")}`
  return `did you mean ${own.includes(nearest) ? nearest : elsewhere?.remedy(nearest)}?`
}

/** A name is repeated only if it looks like one. */
export function quotableName(name: string): string {
  return /^[A-Za-z_]{1,40}$/.test(name) ? name : "an option"
}
