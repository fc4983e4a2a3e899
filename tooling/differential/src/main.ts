import { parseArgs } from "node:util"
import { compareStores } from "@nosql/testing/differential"
import { findParticipants } from "./find-participants.ts"

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "2000" },
    seed: { type: "string", default: "1" },
    // Names, with commas: these stores must be there.
    require: { type: "string", default: process.env["NOSQL_REQUIRE_SERVERS"] ?? "" },
  },
})

const { participants, missing, stop } = await findParticipants()
try {
  const required = values.require.split(",").filter((name) => missing.includes(name.trim()))
  if (required.length > 0) throw new Error(`no server for ${required.join(", ")}, which this run must have`)
  for (const name of missing) console.warn(`!!! LEFT OUT: ${name}. No server was found for it.`)
  const names = participants.map(({ name }) => name).join(", ")
  console.info(`the same ${values.runs} calls of ${names}, from seed ${values.seed}`)
  const begun = performance.now()
  const { runs, skipped, difference } = await compareStores(participants, {
    runs: wholeNumber(values.runs),
    seed: wholeNumber(values.seed),
  })
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  if (difference !== undefined) throw new Error(difference)
  console.info(
    `${runs} answers alike in ${seconds} s (${skipped} calls not made: open by docs/semantics.md, or a server's fault)`,
  )
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  await stop()
}

function wholeNumber(text: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number)) throw new Error(`"${text}" is no whole number`)
  return number
}
