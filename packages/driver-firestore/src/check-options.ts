import type { OptionProblem } from "@nosql/core/driver"
import type { FirestoreAddress } from "./firestore-options.ts"
import { readCredentials } from "./read-credentials.ts"

const texts = ["projectId", "databaseId", "credentials", "emulatorHost", "pathPrefix"] as const
const known = new Set<string>([...texts, "preferRest"])

/** All that is wrong with the options. */
export function checkOptions(options: FirestoreAddress): OptionProblem[] {
  const problems: OptionProblem[] = Object.keys(options).flatMap((path) =>
    known.has(path) ? [] : [{ path, problem: `is no option; there are ${[...known].join(", ")}` }],
  )
  for (const path of texts) {
    const value: unknown = options[path]
    if (value !== undefined && (typeof value !== "string" || value === ""))
      problems.push({ path, problem: "is a text that is not empty" })
  }
  const { emulatorHost, preferRest, credentials, pathPrefix } = options
  if (preferRest !== undefined && typeof preferRest !== "boolean")
    problems.push({ path: "preferRest", problem: "is true or false" })
  if (problems.length > 0) return problems
  const read = readCredentials(credentials)
  if ("problem" in read) problems.push(read)
  if (emulatorHost !== undefined && !/^[^/\s]+:\d+$/.test(emulatorHost))
    problems.push({ path: "emulatorHost", problem: "is host:port, without a scheme" })
  if (preferRest && (emulatorHost ?? process.env["FIRESTORE_EMULATOR_HOST"]) !== undefined)
    problems.push({
      path: "preferRest",
      problem: "does not go with an emulator: the SDK asks for real credentials",
    })
  const environment = process.env["FIRESTORE_EMULATOR_HOST"]
  if (emulatorHost !== undefined && environment && environment !== emulatorHost)
    problems.push({
      path: "emulatorHost",
      problem: "differs from FIRESTORE_EMULATOR_HOST, which the SDK would take; unset one of them",
    })
  const prefix = prefixProblem(pathPrefix)
  if (prefix !== undefined) problems.push({ path: "pathPrefix", problem: prefix })
  return problems
}

/** A document's path has an even number of segments. */
export function prefixProblem(pathPrefix: string | undefined): string | undefined {
  if (pathPrefix === undefined) return undefined
  const segments = pathPrefix.split("/")
  const usable = segments.every(
    (segment) => segment !== "" && segment !== "." && segment !== ".." && !/^__.*__$/s.test(segment),
  )
  return usable && segments.length % 2 === 0
    ? undefined
    : 'is the path of a document, such as "tenants/acme": pairs of a collection and an id'
}
