import { readFileSync } from "node:fs"
import { driverModule as dynamodb } from "@nosql/driver-dynamodb"
import { driverModule as firestore } from "@nosql/driver-firestore"
import { driverModule as memory } from "@nosql/driver-memory"
import { driverModule as mongodb } from "@nosql/driver-mongodb"
import { generalJsonSchema } from "../src/config/general-schema.ts"
import { jsonSchemaOf } from "../src/config/json-schema.ts"
import { editorSchema } from "./editor-schema.ts"
import { settingsTable } from "./settings-table.ts"

const packageFolder = new URL("../", import.meta.url)
const docs = new URL("../../docs/", packageFolder)
const blocks = Object.fromEntries(
  [memory, mongodb, dynamodb, firestore].map(({ name, options }) => [name, jsonSchemaOf(options)]),
)

/** What is made from the code: by path, the text that the file has to have. */
export function generatedFiles(): readonly { readonly url: URL; readonly text: string }[] {
  return [
    {
      url: new URL("nosql.schema.json", packageFolder),
      text: `${JSON.stringify(editorSchema(generalJsonSchema, blocks), undefined, 2)}\n`,
    },
    filled(new URL("configuration.md", docs), { settings: settingsTable(generalJsonSchema, blocks) }),
  ]
}

/** A page with its parts between `<!-- NAME -->` and `<!-- /NAME -->` made anew. */
function filled(
  url: URL,
  parts: Readonly<Record<string, string>>,
): { readonly url: URL; readonly text: string } {
  const text = Object.entries(parts).reduce(
    (page, [name, part]) => {
      const [before, rest] = page.split(`<!-- ${name} -->`)
      const after = rest?.split(`<!-- /${name} -->`)[1]
      if (after === undefined) throw new Error(`${url.pathname} has no <!-- ${name} --> … <!-- /${name} -->`)
      return `${before}<!-- ${name} -->\n\n${part}\n\n<!-- /${name} -->${after}`
    },
    readFileSync(url, "utf8"),
  )
  return { url, text }
}
