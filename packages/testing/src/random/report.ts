import fc from "fast-check"
import type { RandomCall } from "./arbitraries/questions.ts"
import { writeCall } from "./check/call-write.ts"
import type { Profile } from "./profiles.ts"

/** What was asked of which documents. */
interface Reported {
  readonly profile: Profile
  readonly documents: readonly unknown[]
  readonly calls: readonly RandomCall[]
}

/** A difference as text: what was wrong, how to reproduce it, and code to paste into a test. */
export function formatReport(problem: string, seed: number, { profile, documents, calls }: Reported): string {
  const options = profile.options === undefined ? "" : `, ${print(profile.options)}`
  return [
    problem,
    `reproduce: SEED=${seed} RUNS=1 (if it needs what earlier rounds left behind: SEED and RUNS as they were)`,
    `const target = await filled([${documents.map((document) => `\n  ${print(document)},`).join("")}\n]${options})`,
    ...calls.map((call) => `await ${printCall(call)}`),
  ].join("\n")
}

function printCall(call: RandomCall): string {
  switch (call.call) {
    case "find":
      return `target.find(${print(call.filter)}, ${print(call.options)}).toArray()`
    case "findOne":
      return `target.findOne(${print(call.filter)}, ${print(call.options)})`
    case "count":
    case "exists":
      return `target.${call.call}(${print(call.filter)})`
    case "getMany":
      return `target.getMany(${print(call.ids)})`
    case "distinct":
      return `target.distinct(${print(call.path)}, ${print(call.filter)})`
    case "pages":
      return `target.page(${print(call.filter)}, ${print({ sort: call.sort, size: call.size })}) // and on by \`after\``
    default: {
      const { method, args } = writeCall(call)
      return `target.${method}(${args.map(print).join(", ")})`
    }
  }
}

function print(value: unknown): string {
  return fc.stringify(value)
}
