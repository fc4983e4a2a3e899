// What it costs to have the library: the time of the first import in a fresh process, and the bytes of a bundle.
import { spawnSync } from "node:child_process"
import { gzipSync } from "node:zlib"
import { build } from "esbuild"
import { medianInterval } from "../statistics.mjs"

const rounds = Number(process.env.BENCH_ROUNDS ?? 15)
const folder = new URL("..", import.meta.url).pathname

const imports = {
  "@nosql/core + driver-memory": ["@nosql/core", "@nosql/driver-memory"],
  "@nosql/core + driver-mongodb": ["@nosql/core", "@nosql/driver-mongodb"],
  mongodb: ["mongodb"],
  papr: ["mongodb", "papr"],
  mongoose: ["mongoose"],
}

const bundles = {
  "@nosql/core + driver-memory": ['import { memory } from "@nosql/driver-memory"', "memory"],
  "@nosql/core + driver-mongodb, without mongodb": [
    'import { mongodb } from "@nosql/driver-mongodb"',
    "mongodb",
    ["mongodb"],
  ],
}

/** Milliseconds of `import()` by the process's own clock: Node's own start is not counted. */
function importOnce(names) {
  const code = `const t = performance.now(); ${names.map((name) => `await import("${name}");`).join("")} console.log(performance.now() - t)`
  const { stdout, status, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", code], {
    cwd: folder,
    encoding: "utf8",
  })
  if (status !== 0) throw new Error(stderr)
  return Number(stdout)
}

async function bundle([line, driver, external = []]) {
  const contents = `import { connect, defineCollection } from "@nosql/core"\n${line}\nexport { connect, defineCollection, ${driver} }`
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    minify: true,
    format: "esm",
    platform: external.length === 0 ? "browser" : "node",
    external,
    write: false,
  })
  const [{ contents: bytes }] = outputFiles
  return { minified: bytes.length, gzipped: gzipSync(bytes, { level: 9 }).length }
}

const times = Object.fromEntries(Object.keys(imports).map((name) => [name, []]))
for (let round = 0; round < rounds + 1; round++) {
  for (const [name, names] of Object.entries(imports)) {
    const time = importOnce(names)
    if (round > 0) times[name].push(time) // the first one reads the disk
  }
}
const sizes = {}
for (const [name, spec] of Object.entries(bundles)) sizes[name] = await bundle(spec)
console.log(
  JSON.stringify({
    importMilliseconds: Object.fromEntries(
      Object.entries(times).map(([name, list]) => [name, medianInterval(list)]),
    ),
    bundleBytes: sizes,
  }),
)
