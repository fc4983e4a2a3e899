import type { DriverModule } from "@nosql/core/driver"
import { knownDrivers } from "../drivers/known-drivers.ts"
import { loadDrivers } from "../drivers/load-drivers.ts"
import type { Host } from "../host.ts"
import { backendProblems } from "./backend-problems.ts"
import { configInForce } from "./config-in-force.ts"
import type { ObjectNode } from "./config-node.ts"
import { type ConfigProblem, configError } from "./config-problem.ts"
import type { ConfigSource } from "./config-source.ts"
import { type GeneralSettings, generalJsonSchema, generalSchema } from "./general-schema.ts"
import { propertiesOf, typesOf } from "./json-schema.ts"
import { type LoadedStore, loadStore } from "./load-store.ts"
import type { LoadedConfig } from "./loaded-config.ts"
import { materialize } from "./materialize.ts"
import { readSources } from "./read-sources.ts"
import { settingNode } from "./setting-node.ts"
import { nameKey } from "./spelling.ts"
import { splitBlocks } from "./split-blocks.ts"
import { type StoreNode, storeNodes } from "./store-nodes.ts"
import { validate } from "./validate.ts"
import { withBlocks } from "./with-blocks.ts"

interface ConfigRequest {
  readonly code: unknown
  /** Undefined: `application.yaml`, which may be absent. */
  readonly file: string | undefined
  /** Undefined: no file beside the base one. */
  readonly profile: string | undefined
  readonly profileSource: ConfigSource
  /** Driver modules given in code, which are not loaded by name. */
  readonly drivers: readonly DriverModule[]
  /** Only code counts, no file and no variable. */
  readonly codeOnly: boolean
  /** The embedded driver in place of each that is named. */
  readonly embedded: boolean
  readonly host: Host
}

/** Settings of a single value; variables give any other as JSON text, too. */
const textNames: ReadonlySet<string> = new Set(
  Object.entries(propertiesOf(generalJsonSchema))
    .filter(([, property]) => !typesOf(property)?.has("array"))
    .map(([name]) => nameKey(name)),
)

/**
 * Reads and checks the whole configuration, and makes the drivers, without any I/O to a database.
 *
 * @throws NoSQLError `config` with every problem and its source.
 */
export async function loadConfig(request: ConfigRequest): Promise<LoadedConfig> {
  const problems: ConfigProblem[] = []
  const tree = await readSources({ ...request, textNames }, problems)
  const disabled = isDisabled(tree)
  const nodes = disabled ? [] : storeNodes(tree).map(request.embedded ? embed : asItIs)
  // In a file that could not be read another driver may be named: nothing is said about the default one.
  const unread = problems.some(({ path }) => path === "")
  const uses = nodes.flatMap(({ driver }) =>
    driver === undefined || "object" in driver || (unread && driver.source.kind === "default") ? [] : driver,
  )
  const modules = await loadDrivers(uses, request.drivers, request.host, problems)

  const blockNames = [...Object.keys(knownDrivers), ...[...modules.values()].map(({ name }) => name)]
  const schema = withBlocks(
    generalJsonSchema,
    Object.fromEntries(blockNames.map((name) => [name, { type: "object" }])),
  )
  const own = splitBlocks(tree, {
    names: blockNames,
    settings: Object.keys(propertiesOf(generalJsonSchema)),
  })
  const value = materialize(own, schema, problems)
  const settings = await validate(value, generalSchema, own, [], problems)
  problems.push(...backendProblems(own))
  const owners = (node: StoreNode) =>
    request.embedded ? [] : node.entry === undefined ? [tree] : [tree, node.entry]
  const stores = await Promise.all(nodes.map((node) => driverOf(node, owners(node), modules, problems)))
  if (problems.length > 0) throw configError(problems)
  return configInForce(settings as GeneralSettings, own, nodes, stores as LoadedStore[])
}

function isDisabled(tree: ObjectNode): boolean {
  const node = settingNode(tree, "enabled")
  return node !== undefined && materialize(node, { type: "boolean" }, []) === false
}

function asItIs(node: StoreNode): StoreNode {
  return node
}

function embed(node: StoreNode): StoreNode {
  return { ...node, driver: { word: "memory", source: { kind: "code" }, path: "driver" } }
}

/** Undefined only where there is a problem. */
async function driverOf(
  { driver }: StoreNode,
  owners: readonly ObjectNode[],
  modules: ReadonlyMap<string, DriverModule>,
  problems: ConfigProblem[],
): Promise<LoadedStore | undefined> {
  if (driver === undefined) return undefined
  if ("object" in driver)
    return { driver: driver.object, secrets: [], productionWarnings: [], description: [] }
  const module = modules.get(driver.word)
  return module === undefined ? undefined : loadStore(module, owners, problems)
}
