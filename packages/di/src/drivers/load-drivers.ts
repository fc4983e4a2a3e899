import type { DriverModule } from "@nosql/core/driver"
import { nearestName } from "@nosql/core/driver"
import type { ConfigProblem } from "../config/config-problem.ts"
import type { ConfigSource } from "../config/config-source.ts"
import type { Host } from "../host.ts"
import { installCommand } from "./install-command.ts"
import { isKnownDriver, knownDrivers } from "./known-drivers.ts"

/** A driver that the configuration names, and where it does. */
export interface DriverUse {
  readonly word: string
  readonly source: ConfigSource
  readonly path: string
}

interface Loading extends DriverUse {
  readonly package: string
}

/** The name of a package, or of an entry of one; nothing that is a path or an address. */
const packagePattern = /^(@[a-z0-9~-][\w.~-]*\/)?[a-z0-9~-][\w.~-]*(\/[\w.-]+)*$/

/** The drivers in use, by the word that names each: those given in code, else loaded. Packages that are missing share one command. */
export async function loadDrivers(
  uses: readonly DriverUse[],
  given: readonly DriverModule[],
  host: Host,
  problems: ConfigProblem[],
): Promise<ReadonlyMap<string, DriverModule>> {
  const loaded = new Map(given.map((module) => [module.name, module]))
  const wanted = new Map<string, Loading>()
  for (const use of uses) {
    if (loaded.has(use.word) || wanted.has(use.word)) continue
    const name = packageOf(use.word)
    if (name === undefined) problems.push(unknownDriver(use, given))
    else wanted.set(use.word, { ...use, package: name })
  }
  const missing: Loading[] = []
  await Promise.all(
    [...wanted.values()].map(async (loading) => {
      const module = await load(loading, host, problems)
      if (module === "missing" && isPackageName(loading.word)) missing.push(loading)
      else if (module === "missing") problems.push(unknownDriver(loading, given))
      else if (module !== undefined) loaded.set(loading.word, module)
    }),
  )
  if (missing.length === 0) return loaded
  const command = await installCommand([...new Set(missing.map((loading) => loading.package))].sort(), host)
  for (const { source, path, package: name } of missing) {
    problems.push({ source, path, problem: `the package ${name} is not installed: ${command}` })
  }
  return loaded
}

function packageOf(word: string): string | undefined {
  if (isKnownDriver(word)) return knownDrivers[word]
  return packagePattern.test(word) ? word : undefined
}

/** Whether it is sure that a package is meant: of any other word nobody should be told to install it. */
function isPackageName(word: string): boolean {
  return isKnownDriver(word) || /[-/]/.test(word)
}

function unknownDriver({ word, source, path }: DriverUse, given: readonly DriverModule[]): ConfigProblem {
  const names = [...new Set([...Object.keys(knownDrivers), ...given.map(({ name }) => name)])]
  const nearest = nearestName(word, names)
  const remedy =
    nearest === undefined ? `, or the name of a driver's package` : `; did you mean "${nearest}"?`
  return { source, path, problem: `unknown driver: expected one of ${names.join(", ")}${remedy}` }
}

async function load(
  { package: name, source, path }: Loading,
  host: Host,
  problems: ConfigProblem[],
): Promise<DriverModule | "missing" | undefined> {
  let exports: unknown
  try {
    exports = await host.importPackage(name, host.cwd)
  } catch (error) {
    const reason = error instanceof Error ? error.message : "unknown"
    problems.push({
      source,
      path,
      problem: `the package ${name} is installed and cannot be loaded: ${reason}`,
    })
    return undefined
  }
  if (exports === undefined) return "missing"
  const module = (exports as { readonly driverModule?: unknown }).driverModule
  if (isDriverModule(module)) return module
  problems.push({ source, path, problem: `the package ${name} is no driver: it exports no driverModule` })
  return undefined
}

function isDriverModule(value: unknown): value is DriverModule {
  const module = value as Partial<DriverModule> | null | undefined
  return (
    typeof module === "object" &&
    module !== null &&
    typeof module.name === "string" &&
    /^[a-z][A-Za-z0-9]*$/.test(module.name) &&
    typeof module.create === "function" &&
    typeof module.options?.["~standard"]?.jsonSchema?.input === "function"
  )
}
