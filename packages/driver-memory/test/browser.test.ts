import { createContext, runInContext } from "node:vm"
import { build } from "esbuild"
import { expect, test } from "vitest"

/** What the driver's user ships to a browser: core, the driver and what they depend on, in one file. */
const program = `
  import { connect } from "@nosql/core"
  import { memory } from "@nosql/driver-memory"
  globalThis.answer = (async () => {
    const store = await connect(memory(), { logger: { warn() {} } })
    const users = store.collection("users")
    await users.insertMany([{ name: "Ada", born: new Date(0) }, { name: "Bob", photo: new Uint8Array([1]) }])
    await users.updateOne({ name: "Bob" }, { $inc: { visits: 1 } })
    const page = await users.query().whereGte("visits", 1).page({ size: 1 })
    await store.close()
    return page.items.map(({ name }) => name).join()
  })()
`

test("core and the driver have no import of Node's, and run where there is no Node", async () => {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: import.meta.dirname, loader: "ts" },
    bundle: true,
    platform: "browser",
    format: "iife",
    metafile: true,
    write: false,
  })
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports)
  expect(imports.filter(({ external, path }) => external || path.startsWith("node:"))).toEqual([])
  // A realm of its own has ECMAScript's globals only; these are the web's that we use.
  const web = {
    setTimeout,
    clearTimeout,
    performance,
    crypto,
    btoa,
    atob,
    TextEncoder,
    TextDecoder,
    AbortSignal,
  }
  const realm = createContext({ ...web, console: { warn() {} } })
  runInContext(outputFiles[0]?.text ?? "", realm)
  expect(await (realm as { answer?: Promise<string> }).answer).toBe("Bob")
})
