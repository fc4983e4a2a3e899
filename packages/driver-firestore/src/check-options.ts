import { Firestore } from "@google-cloud/firestore"
import {
  checkOptionTable,
  isCollectionName,
  isPlainObject,
  isText,
  isTrueOrFalse,
  type OptionProblem,
  type OptionRule,
  type OptionTable,
} from "@nosql/core/driver"
import { groupProblem, placeProblem } from "./collection-place.ts"
import { emulatorHostOf } from "./emulator-host.ts"
import type { FirestoreAddress, FirestoreOptions } from "./firestore-options.ts"
import { idProblem } from "./id-problem.ts"
import { readCredentials } from "./read-credentials.ts"

/** What each option must be: undefined where the value will do. */
const rules = {
  projectId: isText,
  databaseId: isText,
  credentials: isText,
  emulatorHost: (value) =>
    isHostAndPort(value) ? undefined : "is host:port, without a scheme, and a port is 1 to 65535",
  pathPrefix: prefixProblem,
  collections: placesProblem,
  rampUp: (value) => (value === "report" || value === "wait" ? undefined : "is report or wait"),
  preferRest: isTrueOrFalse,
} as const satisfies Record<keyof FirestoreAddress, OptionRule>

const table: OptionTable = {
  backend: "Firestore",
  rules,
  client: {
    rule: (value) =>
      value instanceof Firestore
        ? undefined
        : "is no Firestore of the same @google-cloud/firestore as the driver's: two copies are installed, or it is something else",
    options: ["pathPrefix", "collections", "rampUp"],
  },
  otherNames: {
    project: "projectId",
    database: "databaseId",
    db: "databaseId",
    host: "emulatorHost",
    port: "emulatorHost",
    keyFile: "credentials",
    keyFilename: "credentials",
    prefix: "pathPrefix",
  },
}

/** All that is wrong with the options. Values are not repeated: they may be secrets. */
export function checkOptions(options: FirestoreOptions): OptionProblem[] {
  const problems = checkOptionTable(options, table)
  if (problems.length > 0 || ("client" in options && options.client !== undefined)) return problems
  const address = options as FirestoreAddress
  const { credentials, emulatorHost, preferRest } = address
  const environment = process.env["FIRESTORE_EMULATOR_HOST"]
  const read = readCredentials(credentials)
  if ("problem" in read) problems.push(read)
  if (preferRest && emulatorHostOf(address) !== undefined)
    problems.push({
      path: "preferRest",
      problem: "does not go with an emulator: the SDK asks for real credentials",
    })
  if (emulatorHost !== undefined && environment && environment !== emulatorHost)
    problems.push({
      path: "emulatorHost",
      problem: "differs from FIRESTORE_EMULATOR_HOST, which the SDK would take; unset one of them",
    })
  return problems
}

function isHostAndPort(value: unknown): boolean {
  const port = typeof value === "string" ? /^[^/\s]+:(\d+)$/.exec(value)?.[1] : undefined
  return port !== undefined && Number(port) >= 1 && Number(port) <= 65_535
}

/** A document's path has an even number of segments. */
function prefixProblem(value: unknown): string | undefined {
  const segments = typeof value === "string" ? value.split("/") : []
  const usable = segments.length > 0 && segments.every((segment) => idProblem(segment) === undefined)
  return usable && segments.length % 2 === 0
    ? undefined
    : 'is the path of a document, such as "tenants/acme": pairs of a collection and an id'
}

function placesProblem(value: unknown): string | undefined {
  if (!isPlainObject(value))
    return 'has for each collection its place: { items: { path: "users/ada/items" }, comments: { group: "comments" } }'
  for (const [name, place] of Object.entries(value)) {
    const problem = collectionProblem(place)
    if (problem !== undefined) return `of ${isCollectionName(name) ? name : "a collection"} ${problem}`
  }
  return undefined
}

function collectionProblem(place: unknown): string | undefined {
  const { path, group, ...more } = isPlainObject(place) ? place : {}
  if (Object.keys(more).length > 0 || (typeof path === "string") === (typeof group === "string"))
    return 'has a path or a group: { path: "users/ada/items" } or { group: "items" }'
  if (typeof path === "string") {
    const problem = placeProblem(path)
    return problem === undefined ? undefined : `has a path that is none: it ${problem}`
  }
  const problem = groupProblem(String(group))
  return problem === undefined ? undefined : `has a group that is none: it ${problem}`
}
