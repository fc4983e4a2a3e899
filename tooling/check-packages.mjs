// Packs every public package as it would be published, checks the tarballs, and uses them from a folder outside the workspace.
import { spawnSync } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"

const bin = (name) => resolve("node_modules/.bin", name)
const catalog = readFileSync("pnpm-workspace.yaml", "utf8")

/** Settings that users compile with; the first are those of tooling/consumer/tsconfig.json: strict, and every declaration file checked. */
const loose = ["--strict", "false", "--exactOptionalPropertyTypes", "false"]
const bundler = ["--module", "esnext", "--moduleResolution", "bundler"]
const declarations = ["--noEmit", "false", "--declaration", "--emitDeclarationOnly", "--outDir", "emitted"]
const compilers = [[], loose, bundler, [...bundler, ...loose], declarations]

const folder = mkdtempSync(join(tmpdir(), "nosql-packed-"))
try {
  const packed = readdirSync("packages").flatMap((name) => pack(join("packages", name)))
  for (const { tarball } of packed) {
    console.log(`checking ${tarball.slice(tarball.lastIndexOf("/") + 1)}`)
    run(bin("publint"), [tarball, "--strict"])
    // ESM only: a `require` of it works through Node's require(esm), which attw's profile leaves out.
    run(bin("attw"), [tarball, "--profile", "esm-only", "--format", "ascii", "--no-color", "--no-emoji"])
  }
  useThem(packed)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function pack(path) {
  const manifest = JSON.parse(readFileSync(join(path, "package.json"), "utf8"))
  if (manifest.private) return []
  const out = join(folder, "tarballs", manifest.name)
  mkdirSync(out, { recursive: true })
  run("pnpm", ["pack", "--pack-destination", out], path)
  const [file] = readdirSync(out)
  return [{ name: manifest.name, exports: Object.keys(manifest.exports), tarball: join(out, file) }]
}

/** Installs the tarballs and nothing of the workspace; type-checks and runs the programs of `tooling/consumer`. */
function useThem(packed) {
  const consumer = join(folder, "consumer")
  cpSync("tooling/consumer", consumer, { recursive: true })
  const files = Object.fromEntries(packed.map(({ name, tarball }) => [name, `file:${tarball}`]))
  const tools = ["typescript", "@types/node", "vitest"].map((name) => [name, catalogVersion(name)])
  write(consumer, "package.json", {
    private: true,
    type: "module",
    dependencies: { ...files, ...Object.fromEntries(tools) },
  })
  // The packages ask for each other by version; no registry has them yet. YAML is a superset of JSON.
  write(consumer, "pnpm-workspace.yaml", { overrides: files, pmOnFail: "ignore" })
  run("pnpm", ["install", "--prefer-offline", "--ignore-scripts", "--no-frozen-lockfile"], consumer)

  const entries = packed.flatMap(({ name, exports }) => exports.map((entry) => name + entry.slice(1)))
  // The suite itself can be imported under vitest only: conformance.test.ts does that.
  const importable = entries.filter((entry) => entry !== "@nosql/testing")
  run(
    process.execPath,
    ["--input-type=module", "--eval", importable.map((e) => `import "${e}"`).join("\n")],
    consumer,
  )
  for (const flags of compilers) run(join(consumer, "node_modules/.bin/tsc"), ["-p", ".", ...flags], consumer)
  const { stdout } = run(process.execPath, ["program.ts"], consumer)
  if (stdout.trim() !== "Ada is 37") throw new Error(`the packed packages answered: ${stdout}`)
  run(join(consumer, "node_modules/.bin/vitest"), ["run", "--reporter=dot"], consumer)
  console.log(`used from outside: ${entries.join(", ")}`)
}

function catalogVersion(name) {
  const line = catalog.split("\n").find((text) => text.trim().replaceAll('"', "").startsWith(`${name}:`))
  if (line === undefined) throw new Error(`${name} is not in the catalog of pnpm-workspace.yaml`)
  return line.slice(line.indexOf(":") + 1).trim()
}

function write(path, name, content) {
  writeFileSync(join(path, name), JSON.stringify(content, null, 2))
}

function run(command, args, cwd = process.cwd()) {
  const result = spawnSync(command, args, { cwd, encoding: "utf8", env: { ...process.env, CI: "true" } })
  if (result.status !== 0) {
    console.error(result.stdout, result.stderr)
    console.error(`failed (${result.status ?? result.error?.message}): ${command} ${args.join(" ")}`)
    rmSync(folder, { recursive: true, force: true })
    process.exit(1)
  }
  return result
}
