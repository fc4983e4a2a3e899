import { join } from "node:path"
import ts from "typescript"
import { expect, test } from "vitest"

const root = join(import.meta.dirname, "..")

test.each(["src/index.ts", "src/driver.ts"])(
  "everything that %s exports says what it is",
  (entry) => {
    expect(undocumented(join(root, entry))).toEqual([])
  },
  60_000,
)

/** The exports without a sentence at their declaration. */
function undocumented(entry: string): readonly string[] {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const program = ts.createProgram([entry], options)
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(entry)
  const module = source && checker.getSymbolAtLocation(source)
  if (module === undefined) throw new Error(`${entry} is no module`)
  return checker
    .getExportsOfModule(module)
    .filter((symbol) => declared(symbol, checker).getDocumentationComment(checker).length === 0)
    .map(({ name }) => name)
}

function declared(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
}
