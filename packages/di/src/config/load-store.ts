import { NoSQLError } from "@nosql/contracts"
import type { Driver } from "@nosql/core"
import type { DriverModule } from "@nosql/core/driver"
import { type ConfigNode, joinPath, type ObjectNode } from "./config-node.ts"
import type { ConfigProblem } from "./config-problem.ts"
import { describeObject } from "./describe-object.ts"
import { jsonSchemaOf } from "./json-schema.ts"
import type { SettingDescription } from "./loaded-config.ts"
import { materialize } from "./materialize.ts"
import { mergeNodes } from "./merge-nodes.ts"
import { redactText, secretsIn } from "./redact.ts"
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
  const found: ConfigProblem[] = []
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
    problems.push(...refusals(error, block, secrets))
    return undefined
  }
}

/** The driver's own refusal, at the options that it names: in `details.problems` where there are several. */
function refusals(error: unknown, block: ConfigNode, secrets: readonly string[]): ConfigProblem[] {
  const message = error instanceof Error ? error.message : "the driver cannot be made"
  if (!NoSQLError.isInstance(error)) return [refusal("", message, block, secrets)]
  const { problems } = error.details
  if (!Array.isArray(problems)) return [refusal(error.path ?? "", message, block, secrets)]
  return problems.map(({ path, problem }) => refusal(String(path), String(problem), block, secrets))
}

function refusal(path: string, text: string, block: ConfigNode, secrets: readonly string[]): ConfigProblem {
  return { ...locate(block, path === "" ? [] : path.split(".")), problem: redactText(text, secrets) }
}

function blockOf(name: string, owners: readonly ObjectNode[]): ConfigNode | undefined {
  const blocks = owners.flatMap((owner) => owner.entries.get(nameKey(name))?.node ?? [])
  return blocks.length === 0 ? undefined : blocks.reduce(mergeNodes)
}

function emptyBlock(path: string): ObjectNode {
  return { kind: "object", entries: new Map(), source: { kind: "default" }, path }
}
