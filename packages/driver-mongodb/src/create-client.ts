import { configError, nearestName, type OptionProblem } from "@nosql/core/driver"
import { MongoClient, type MongoClientOptions } from "mongodb"
import { clientOptionNames } from "./client-option-names.ts"
import type { ClientSettings } from "./client-settings.ts"
import { parseUri } from "./parse-uri.ts"

/** The SDK's client of these settings, not yet connected. What the SDK refuses is `config`, in words that hold nothing of the URI. */
export function createClient({ uri, options }: Pick<ClientSettings, "uri" | "options">): MongoClient {
  const client = makeClient(uri, options)
  const problem = clientProblem(client)
  if (problem !== undefined) throw configError("mongodb", [problem])
  return client
}

function makeClient(uri: string, options: MongoClientOptions): MongoClient {
  try {
    return new MongoClient(uri, options)
  } catch (error) {
    throw configError("mongodb", [refusal(uri, options, error)])
  }
}

/** Without an acknowledgement a failed write would look like one that was done. */
export function clientProblem(client: MongoClient): OptionProblem | undefined {
  const w: unknown = client.options.writeConcern?.w
  return w === 0 || w === "0"
    ? { path: "writeConcernW", problem: "is 0: unacknowledged writes cannot report what they did" }
    : undefined
}

/** Options that URIs have beside those of the SDK's type. */
const knownNames = [...clientOptionNames, "wtimeout", "j", "fsync", "name", "minInternalBufferSize"]

/** What the SDK refused. Its message may repeat a part of the URI, so only known names are taken from it. */
function refusal(uri: string, options: MongoClientOptions, error: unknown): OptionProblem {
  const message = error instanceof Error ? error.message : ""
  if (/ not supported$/.test(message)) {
    const parsed = parseUri(uri)
    const stated = "problem" in parsed ? [] : [...parsed.options.keys()]
    for (const [path, names] of [
      ["uri", stated],
      ["clientOptions", Object.keys(options)],
    ] as const) {
      const unknown = names.find((name) => !isKnown(name))
      if (unknown !== undefined) return { path, problem: unknownProblem(unknown) }
    }
  }
  const named = knownNames.find((name) => new RegExp(String.raw`\b${name}\b`, "i").test(message))
  return named === undefined
    ? {
        path: "uri",
        problem: "and the options do not go together, or one of them has a value that cannot be",
      }
    : {
        path: named,
        problem: "has a value that cannot be, here or in the URI, or does not go with the other options",
      }
}

function unknownProblem(name: string): string {
  const nearest = nearestName(name, knownNames)
  const guess = nearest === undefined ? "" : `; did you mean ${nearest}?`
  return `has an option that MongoDB's client does not know${guess}`
}

/** MongoDB ignores the case. */
function isKnown(name: string): boolean {
  return knownNames.some((known) => known.toLowerCase() === name.toLowerCase())
}
