// Builds the packages, packs them as a registry would get them, and lays them into node_modules: what is measured is what is published.
import { spawnSync } from "node:child_process"
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"

process.chdir(import.meta.dirname)
run("pnpm", ["build"], "..")
const folder = mkdtempSync(join(tmpdir(), "nosql-bench-"))
for (const name of readdirSync("../packages")) {
  const manifest = JSON.parse(readFileSync(`../packages/${name}/package.json`, "utf8"))
  if (manifest.private) continue
  const tarballs = join(folder, name)
  const target = resolve("node_modules", manifest.name)
  mkdirSync(tarballs)
  run("pnpm", ["pack", "--pack-destination", tarballs], `../packages/${name}`)
  rmSync(target, { recursive: true, force: true })
  mkdirSync(target, { recursive: true })
  run("tar", ["-xzf", join(tarballs, readdirSync(tarballs)[0]), "-C", target, "--strip-components=1"])
  linkDependencies(name, manifest, target)
}
rmSync(folder, { recursive: true })

/** What a package needs, as the workspace has it; what is compared here too (the MongoDB driver) is this folder's own copy. */
function linkDependencies(name, { dependencies = {} }, target) {
  for (const dependency of Object.keys(dependencies)) {
    if (dependency.startsWith("@nosql/") || existsSync(join("node_modules", dependency))) continue
    const link = join(target, "node_modules", dependency)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(realpathSync(`../packages/${name}/node_modules/${dependency}`), link)
  }
}

function run(command, args, cwd = ".") {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8" })
  if (status === 0) return
  console.error(stdout, stderr, error ?? "")
  throw new Error(`${command} ${args.join(" ")} failed`)
}
