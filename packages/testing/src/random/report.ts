import fc from "fast-check"
import type { RandomCall } from "./arbitraries/questions.ts"
import type { Profile } from "./profiles.ts"

/** What was asked of which documents. */
export interface Reported {
  readonly profile: Profile
  readonly documents: readonly unknown[]
  readonly calls: readonly RandomCall[]
}

/** A difference as text: what was wrong, how to reproduce it, and code to paste into a test. */
export function formatReport(problem: string, seed: number, { profile, documents, calls }: Reported): string {
  const options = profile.options === undefined ? "" : `, ${print(profile.options)}`
  return [
    problem,
    `reproduce: SEED=${seed} RUNS=1`,
    `const target = await filled([${documents.map((document) => `\n  ${print(document)},`).join("")}\n]${options})`,
    ...calls.map((call) => `await ${printCall(call)}`),
  ].join("\n")
}

function printCall(call: RandomCall): string {
  switch (call.call) {
    case "find":
      return `target.find(${print(call.filter)}${"options" in call ? `, ${print(call.options)}` : ""}).toArray()`
    case "distinct":
      return `target.distinct(${print(call.path)}, ${print(call.filter)})`
    case "pages":
      return `target.page(${print(call.filter)}, ${print({ sort: call.sort, size: call.size })}) // and on by \`after\``
    case "updateOne":
    case "updateMany":
      return `target.${call.call}(${print(call.filter)}, ${print(call.update)}, ${print(call.options)})`
    case "replaceOne":
      return `target.replaceOne(${print(call.filter)}, ${print(call.replacement)}, ${print(call.options)})`
    default:
      return `target.${call.call}(${print(call.filter)})`
  }
}

function print(value: unknown): string {
  return fc.stringify(value)
}
