import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLMap,
} from "yaml"
import { addEntry } from "./add-entry.ts"
import { type ConfigNode, type Entry, joinPath, type ObjectNode } from "./config-node.ts"
import type { ConfigProblem } from "./config-problem.ts"
import type { ConfigSource } from "./config-source.ts"
import { interpolate } from "./interpolate.ts"
import { mergeObjects } from "./merge-nodes.ts"
import { textNode } from "./text-node.ts"

interface YamlFile {
  /** As messages name it. */
  readonly file: string
  readonly text: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** The top-level settings that are plain values, by `nameKey`. */
  readonly textNames: ReadonlySet<string>
}

/** The part of the file that is ours. */
const section = "nosql"

/** The settings of a file's section `nosql`, each with its line; undefined where it has none. */
export function readYaml(input: YamlFile, problems: ConfigProblem[]): ObjectNode | undefined {
  const lines = new LineCounter()
  const document = parseDocument(input.text, { lineCounter: lines, prettyErrors: false })
  const sourceAt = (offset = 0): ConfigSource => ({
    kind: "file",
    file: input.file,
    line: lines.linePos(offset).line,
  })
  // The parser's own messages quote the file, which may hold a password.
  for (const { code, pos } of document.errors) {
    const reason = code.toLowerCase().replaceAll("_", " ")
    problems.push({ source: sourceAt(pos[0]), path: "", problem: `this is no valid YAML (${reason})` })
  }
  if (document.errors.length > 0 || document.contents === null) return undefined
  if (!isMap(document.contents)) {
    problems.push({ source: sourceAt(), path: "", problem: "expected sections, such as nosql:, at the top" })
    return undefined
  }
  const ours = document.contents.items.find(({ key }) => isScalar(key) && key.value === section)
  const node = unlessNull(readNode(ours?.value, "", { ...input, document, sourceAt, problems }))
  if (node === undefined || node.kind === "object") return node
  problems.push({ source: node.source, path: "", problem: "the section nosql holds settings by name" })
  return undefined
}

interface YamlContext extends YamlFile {
  readonly document: Document
  readonly sourceAt: (offset: number | undefined) => ConfigSource
  readonly problems: ConfigProblem[]
}

/** Undefined where nothing can be read. */
function readNode(written: unknown, path: string, context: YamlContext): ConfigNode | undefined {
  const yaml = resolved(written, path, context)
  if (isMap(yaml)) return readMap(yaml, path, context)
  if (isSeq(yaml)) {
    const items = yaml.items.flatMap((item, i) => readNode(item, joinPath(path, i), context) ?? [])
    return { kind: "list", items, source: context.sourceAt(yaml.range?.[0]), path }
  }
  if (!isScalar(yaml)) return undefined
  const source = context.sourceAt(yaml.range?.[0])
  if (typeof yaml.value !== "string") return { kind: "value", value: yaml.value, text: false, source, path }
  const { text, used, problems } = interpolate(yaml.value, context.env)
  context.problems.push(...problems.map((problem) => ({ source, path, problem })))
  if (!used) return { kind: "value", value: text, text: false, source, path }
  return textNode(text, { source, path, spelling: "file", problems: context.problems }, context.textNames)
}

/** What an alias stands for. Its name is not repeated: a password that begins with `*` reads as one. */
function resolved(yaml: unknown, path: string, context: YamlContext): unknown {
  if (!isAlias(yaml)) return yaml
  const target = yaml.resolve(context.document)
  if (target !== undefined && !holds(target, yaml)) return target
  const problem =
    target === undefined
      ? "this alias has no anchor before it (a text that begins with * wants quotes)"
      : "this alias stands for what it is a part of"
  context.problems.push({ source: context.sourceAt(yaml.range?.[0]), path, problem })
  return undefined
}

function holds(target: Node, { range }: Node): boolean {
  const [start = 0] = range ?? []
  const [first = 0, end = 0] = target.range ?? []
  return first <= start && start < end
}

/** A name without a value is as if it were not written. */
function unlessNull(node: ConfigNode | undefined): ConfigNode | undefined {
  return node?.kind === "value" && node.value === null ? undefined : node
}

function readMap(yaml: YAMLMap, path: string, context: YamlContext): ObjectNode {
  const entries: Entry[] = []
  const under: ObjectNode[] = []
  for (const { key, value } of yaml.items) {
    const source = context.sourceAt(isScalar(key) ? key.range?.[0] : yaml.range?.[0])
    const place = { source, path, spelling: "file", problems: context.problems } as const
    if (!isScalar(key)) context.problems.push({ source, path, problem: "a name is plain text" })
    else if (key.value === "<<") under.push(...mergedInto(value, path, context))
    else addEntry(entries, String(key.value), place, (inner) => unlessNull(readNode(value, inner, context)))
  }
  const own: ObjectNode = { kind: "object", entries, source: context.sourceAt(yaml.range?.[0]), path }
  return [...under, own].reduce(mergeObjects)
}

/** The objects of a merge key, `<<: *defaults` or `<<: [*first, *second]`: the first one wins. */
function mergedInto(written: unknown, path: string, context: YamlContext): ObjectNode[] {
  const yaml = resolved(written, path, context)
  return (isSeq(yaml) ? [...yaml.items].reverse() : [yaml]).flatMap((item) => {
    const node = unlessNull(readNode(item, path, context))
    if (node?.kind === "object") return node
    if (node !== undefined)
      context.problems.push({
        source: node.source,
        path,
        problem: "<< takes settings by name, or a list of such",
      })
    return []
  })
}
