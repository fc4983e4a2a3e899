import { readFileSync } from "node:fs"
import { join } from "node:path"
import ts from "typescript"

const folder = join(import.meta.dirname, "../src")
const file = join(folder, "completions.fixture.ts")
const config = join(import.meta.dirname, "../tsconfig.json")
/** Reads the compiler's own declarations once. */
const documents = ts.createDocumentRegistry()

/** The names of properties that an editor offers where `¦` stands in the text, which takes its imports from the sources' folder. */
export function completionsAt(text: string): readonly string[] {
  const position = text.indexOf("¦")
  const service = ts.createLanguageService(hostOf(text.replace("¦", "")), documents)
  const { entries = [] } = service.getCompletionsAtPosition(file, position, {}) ?? {}
  return entries
    .filter(({ kind }) => kind === ts.ScriptElementKind.memberVariableElement)
    .map(({ name }) => name.replaceAll('"', ""))
    .sort()
}

function hostOf(text: string): ts.LanguageServiceHost {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, ts.sys.readFile).config,
    ts.sys,
    folder,
  )
  const read = (name: string) => (name === file ? text : readFileSync(name, "utf8"))
  const isThere = (name: string) => name === file || ts.sys.fileExists(name)
  return {
    getScriptFileNames: () => [file],
    getScriptVersion: (name) => (name === file ? text : ""),
    getScriptSnapshot: (name) => (isThere(name) ? ts.ScriptSnapshot.fromString(read(name)) : undefined),
    getCurrentDirectory: () => folder,
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: isThere,
    readFile: read,
  }
}
