import { resolve } from "node:path"
import type { Host } from "../host.ts"
import type { ObjectNode } from "./config-node.ts"
import type { ConfigProblem } from "./config-problem.ts"
import type { ConfigSource } from "./config-source.ts"
import { mergeObjects } from "./merge-nodes.ts"
import { nodeOf } from "./node-of.ts"
import { readEnvironment } from "./read-environment.ts"
import { readYaml } from "./read-yaml.ts"

interface SourceRequest {
  /** The argument of `configure`. */
  readonly code: unknown
  /** Undefined: `application.yaml`, which may be absent. */
  readonly file: string | undefined
  readonly profile: string | undefined
  readonly profileSource: ConfigSource
  /** Whether only the code counts. */
  readonly codeOnly: boolean
  /** The top-level settings that are plain values, by `nameKey`. */
  readonly textNames: ReadonlySet<string>
  readonly host: Host
}

const emptyNode: ObjectNode = { kind: "object", entries: [], source: { kind: "default" }, path: "" }

/** Files, then environment, then code: each over what came before. */
export async function readSources(request: SourceRequest, problems: ConfigProblem[]): Promise<ObjectNode> {
  const { code, codeOnly, host, textNames } = request
  const outside = codeOnly
    ? []
    : [...(await readFiles(request, problems)), readEnvironment(host.env, textNames, problems)]
  const fromCode = nodeOf(code ?? {}, { source: { kind: "code" }, path: "", spelling: "code", problems })
  if (fromCode.kind !== "object")
    problems.push({ source: { kind: "code" }, path: "", problem: "expected settings by name" })
  return [...outside, fromCode]
    .filter((node) => node?.kind === "object")
    .reduce<ObjectNode>((under, over) => mergeObjects(under, over as ObjectNode), emptyNode)
}

/** The base file, and beside it that of the profile. */
function readFiles(request: SourceRequest, problems: ConfigProblem[]): Promise<(ObjectNode | undefined)[]> {
  const { file, profile, profileSource } = request
  const base = file ?? "application.yaml"
  if (profile !== undefined && !/^[\w.-]+$/.test(profile)) {
    // It becomes a part of a file's name.
    problems.push({ source: profileSource, path: "profile", problem: "expected letters, digits, _ . or -" })
    return readFiles({ ...request, profile: undefined }, problems)
  }
  const names = profile === undefined ? [base] : [base, base.replace(/(\.[^./]*)?$/, `.${profile}$1`)]
  return Promise.all(names.map((name) => readFile(name, request, problems)))
}

async function readFile(
  file: string,
  { file: required, host, textNames }: SourceRequest,
  problems: ConfigProblem[],
): Promise<ObjectNode | undefined> {
  let text: string
  try {
    text = await host.readFile(resolve(host.cwd, file))
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown"
    if (code !== "ENOENT" || file === required) {
      problems.push({
        source: { kind: "file", file, line: 0 },
        path: "",
        problem: `cannot be read (${code})`,
      })
    }
    return undefined
  }
  return readYaml({ file, text, env: host.env, textNames }, problems)
}
