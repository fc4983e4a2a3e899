import { NoSQLError } from "@nosql/contracts"
import type { Driver } from "@nosql/core"
import type { DriverModule } from "@nosql/core/driver"
import { type ConfigNode, joinPath, type ObjectNode } from "./config-node.ts"
import type { ConfigProblem } from "./config-problem.ts"
import { describeObject } from "./describe-object.ts"
import { givenTwice } from "./given-twice.ts"
import { jsonSchemaOf } from "./json-schema.ts"
import type { SettingDescription } from "./loaded-config.ts"
import { materialize } from "./materialize.ts"
import { mergeNodes } from "./merge-nodes.ts"
import { redactText, secretsIn } from "./redact.ts"
import { settingNode } from "./setting-node.ts"
import { nameKey } from "./spelling.ts"
import { locate, validate } from "./validate.ts"

/** A store's driver, made from its block. */
export interface LoadedStore {
  readonly driver: Driver
  readonly secrets: readonly string[]
  readonly productionWarnings: readonly string[]
  readonly description: readonly SettingDescription[]
}

/**
 * Makes the driver of one store from the block that is its own, laid over the one that all share.
 *
 * @param owners what may hold a block, the shared one first.
 */
export async function loadStore(
  module: DriverModule,
  owners: readonly ObjectNode[],
  problems: ConfigProblem[],
): Promise<LoadedStore | undefined> {
  const path = joinPath(owners.at(-1)?.path ?? "", module.name)
  const block = blockOf(module.name, owners) ?? emptyBlock(path)
  const schema = jsonSchemaOf(module.options)
  const found = repeatedBlocks(module.name, owners)
  const value = materialize(block, schema, found)
  const secrets = secretsIn(value, module.name, schema)
  const options =
    value === undefined ? undefined : await validate(value, module.options, block, secrets, found)
  problems.push(...found)
  if (found.length > 0) return undefined
  try {
    const implied = new Map((module.implied?.(options) ?? []).map((one) => [one.option, one]))
    return {
      driver: module.create(options),
      secrets,
      productionWarnings: (module.productionWarnings?.(options) ?? []).map((text) =>
        redactText(text, secrets),
      ),
      description: describeObject(block, schema, path, implied),
    }
  } catch (error) {
    for (const { path: option, problem } of refusals(error)) {
      const at = locate(block, option === "" ? [] : option.split("."), schema)
      problems.push({ ...at, problem: redactText(problem, secrets) })
    }
    return undefined
  }
}

/** The driver's own refusal, at the options that it names: in `details.problems` where there are several. */
function refusals(error: unknown): readonly { readonly path: string; readonly problem: string }[] {
  const message = error instanceof Error ? error.message : "the driver cannot be made"
  if (!NoSQLError.isInstance(error)) return [{ path: "", problem: message }]
  const { problems } = error.details
  if (!Array.isArray(problems)) return [{ path: error.path ?? "", problem: message }]
  return problems.map(({ path, problem }) => ({ path: String(path), problem: String(problem) }))
}

function repeatedBlocks(name: string, owners: readonly ObjectNode[]): ConfigProblem[] {
  return owners
    .flatMap(({ entries }) => entries)
    .filter((entry) => entry.before !== undefined && nameKey(entry.name) === nameKey(name))
    .map(givenTwice)
}

function blockOf(name: string, owners: readonly ObjectNode[]): ConfigNode | undefined {
  const blocks = owners.flatMap((owner) => settingNode(owner, name) ?? [])
  return blocks.length === 0 ? undefined : blocks.reduce(mergeNodes)
}

function emptyBlock(path: string): ObjectNode {
  return { kind: "object", entries: [], source: { kind: "default" }, path }
}
