import type { ImpliedOption } from "@nosql/core/driver"
import { ownNames } from "./check-options.ts"
import { defaultOptions } from "./default-options.ts"
import type { MongodbAddress } from "./mongodb-options.ts"
import { type ParsedUri, parseUri } from "./parse-uri.ts"

/** What the URI and `clientOptions` say of options that are not stated themselves. */
export function impliedOptions(options: MongodbAddress): readonly ImpliedOption[] {
  const uri = parseUri(options.uri ?? defaultOptions.uri)
  if ("problem" in uri) return []
  const beside = (options.clientOptions ?? {}) as Readonly<Record<string, unknown>>
  const found = Object.entries(ownNames).flatMap(([option, sdkName]): ImpliedOption[] => {
    if (options[option as keyof MongodbAddress] !== undefined) return []
    if (beside[sdkName] !== undefined) return [{ option, value: beside[sdkName], by: "clientOptions" }]
    const text = uri.options.get(sdkName.toLowerCase())
    return text === undefined ? [] : [{ option, value: readText(text), by: "uri" }]
  })
  return [...found, ...fromPath(options, uri, found), ...smallPool(options, found)]
}

/** The path names the database, and where the URI names a user, the database that knows it. */
function fromPath(
  options: MongodbAddress,
  uri: ParsedUri,
  found: readonly ImpliedOption[],
): readonly ImpliedOption[] {
  if (uri.database === undefined) return []
  const value = uri.database
  const knowsUser = uri.hasUser && options.authSource === undefined && !isFound("authSource", found)
  return [
    ...(options.database === undefined ? [{ option: "database", value, by: "uri" }] : []),
    ...(knowsUser ? [{ option: "authSource", value, by: "uri" }] : []),
  ]
}

/** The default of `minPoolSize` gives way to a smaller maximum. */
function smallPool(options: MongodbAddress, found: readonly ImpliedOption[]): readonly ImpliedOption[] {
  const max = options.maxPoolSize ?? found.find(({ option }) => option === "maxPoolSize")?.value
  const smaller = typeof max === "number" && max < defaultOptions.minPoolSize
  if (!smaller || options.minPoolSize !== undefined || isFound("minPoolSize", found)) return []
  return [{ option: "minPoolSize", value: max, by: "maxPoolSize" }]
}

function isFound(name: string, found: readonly ImpliedOption[]): boolean {
  return found.some(({ option }) => option === name)
}

function readText(text: string): unknown {
  if (/^\d+$/.test(text)) return Number(text)
  return text === "true" || text === "false" ? text === "true" : text
}
