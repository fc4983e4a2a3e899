// Type-checks every ```ts block of the README files and of docs/, and runs it on the embedded store. Each block is a module of its own.
//   ```ts                     checked and run (checked only when it imports a driver that needs a server)
//   ```ts continued           goes on from the block before, on the same page
//   ```ts no-run: REASON      checked only
//   ```ts no-check: REASON    shown only
import { spawn, spawnSync } from "node:child_process"
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { resolve } from "node:path"

const folder = "docs/.snippets"
const needsServer = /from "@nosql\/driver-(?!memory")/
const timeoutMs = 60_000

const problems = []
const pages = globSync(["*.md", "docs/**/*.md", "packages/*/README.md"], {
  exclude: ["docs/.snippets"],
}).sort()
const snippets = pages.flatMap(snippetsOf)

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
for (const { file, code } of snippets) writeFileSync(`${folder}/${file}`, code)
check()
const runnable = snippets.filter(({ run }) => run)
await runAll([...runnable])

if (snippets.length === 0) problems.push("no snippet was found")
for (const problem of problems) console.error(problem)
console.log(`snippets: ${snippets.length} type-checked, ${runnable.length} run, ${problems.length} problems`)
if (problems.length > 0) process.exitCode = 1
else rmSync(folder, { recursive: true })

/** The modules of a page. Their lines keep the numbers that they have in the page, so that every error names its place. */
function snippetsOf(page) {
  const lines = readFileSync(page, "utf8").split("\n")
  const found = []
  for (let i = 0; i < lines.length; i++) {
    const fence = /^(\s*)```(\S*) *(.*)$/.exec(lines[i])
    if (fence === null) continue
    const [, indent, language, mark] = fence
    const start = i + 1
    const end = lines.findIndex((line, j) => j >= start && line.trim() === "```")
    if (end === -1) {
      problems.push(`${page}:${start}: the block is never closed`)
      break
    }
    i = end
    if (language !== "ts") continue
    const marks = /^(continued)? ?(?:(no-run|no-check): (.+))?$/.exec(mark)
    if (marks === null) {
      problems.push(`${page}:${start}: "${mark}" is none of: continued, no-run: REASON, no-check: REASON`)
      continue
    }
    if (marks[2] === "no-check") continue
    const before = marks[1] === undefined ? undefined : found.pop()
    if (marks[1] !== undefined && before === undefined) {
      problems.push(`${page}:${start}: nothing comes before what is continued`)
      continue
    }
    const padding = start - (before === undefined ? 0 : before.code.split("\n").length - 1)
    const body = lines.slice(start, end).map((line) => line.slice(indent.length))
    const code = `${before?.code ?? ""}${"\n".repeat(padding)}${body.join("\n")}\n`
    found.push({
      page,
      code,
      file: before?.file ?? `${page.replaceAll("/", "-")}-${start}.ts`,
      run: (before?.run ?? true) && marks[2] === undefined && !needsServer.test(code),
    })
  }
  return found
}

function check() {
  writeFileSync(
    `${folder}/tsconfig.json`,
    JSON.stringify({
      extends: "../../tsconfig.base.json",
      compilerOptions: { noEmit: true, moduleDetection: "force" },
      files: snippets.map(({ file }) => file),
    }),
  )
  const tsc = spawnSync("node_modules/.bin/tsc", ["-p", folder, "--pretty", "false"], { encoding: "utf8" })
  if (tsc.status === 0) return
  problems.push(inPages(`${tsc.stdout}${tsc.stderr}`.trim()))
}

/** Two at a time: a snippet that hangs or throws late does not touch the others. */
async function runAll(queue) {
  await Promise.all(
    [1, 2].map(async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) await runOne(next)
    }),
  )
}

function runOne({ file, page }) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [resolve(folder, file)], { timeout: timeoutMs })
    let output = ""
    child.stdout.on("data", (text) => (output += text))
    child.stderr.on("data", (text) => (output += text))
    child.on("close", (status, signal) => {
      if (status !== 0)
        problems.push(inPages(`${page}: a snippet ended with ${status ?? signal}:\n${output.trim()}`))
      done()
    })
  })
}

/** Puts the page in the place of the module made from it, in `module.ts(LINE,COLUMN)` and in `module.ts:LINE`. */
function inPages(text) {
  return snippets.reduce(
    (result, { file, page }) =>
      result.replaceAll(
        new RegExp(`\\S*${file.replaceAll(".", "\\.")}[(:](\\d+)[,:]?\\d*\\)?`, "g"),
        (_, line) => `${page}:${line}`,
      ),
    text,
  )
}
