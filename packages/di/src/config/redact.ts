import { type JsonSchema, propertiesOf } from "./json-schema.ts"

const hidden = "***"

/** Names that give a secret away where the schema does not say `writeOnly`. */
const secretName = /password|passphrase|secret|token|credential|private_?key|access_?key|api_?key/i

/** A setting as it may be shown: secrets and an address's credentials are stars. */
export function redactValue(value: unknown, name: string, schema: JsonSchema): unknown {
  if (isSecret(name, schema)) return hidden
  if (typeof value === "string") return redactAddress(value)
  if (typeof value !== "object" || value === null) return typeof value === "function" ? "(function)" : value
  if (Array.isArray(value)) return value.map((item) => redactValue(item, name, schema))
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return "(object)"
  const properties = propertiesOf(schema)
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, redactValue(inner, key, properties[key] ?? {})]),
  )
}

function isSecret(name: string, schema: JsonSchema): boolean {
  return schema.writeOnly === true || secretName.test(name)
}

/** `scheme://user:password@host?token=x` without what is secret in it. */
function redactAddress(text: string): string {
  return text
    .replace(/(:\/\/)\S*@/g, `$1${hidden}@`)
    .replace(/([?&][^=&]*(?:password|secret|token|authMechanismProperties)[^=&]*=)[^&\s]*/gi, `$1${hidden}`)
}

/** The texts in a block that must never be shown: secrets, and addresses with credentials and their parts. */
export function secretsIn(value: unknown, name: string, schema: JsonSchema): string[] {
  if (typeof value === "string") {
    return isSecret(name, schema) ? [value] : addressSecrets(value)
  }
  if (typeof value !== "object" || value === null) return []
  const properties = propertiesOf(schema)
  return Object.entries(value).flatMap(([key, inner]) =>
    isSecret(name, schema)
      ? secretsIn(inner, name, { writeOnly: true })
      : secretsIn(inner, key, Array.isArray(value) ? schema : (properties[key] ?? {})),
  )
}

function addressSecrets(text: string): string[] {
  if (redactAddress(text) === text) return []
  const [, credentials = ""] = /:\/\/(\S*)@/.exec(text) ?? []
  const password = credentials.slice(credentials.indexOf(":") + 1)
  const parameters = [
    ...text.matchAll(/[?&][^=&]*(?:password|secret|token|authMechanismProperties)[^=&]*=([^&\s]*)/gi),
  ]
  return [text, password, ...parameters.map(([, parameter = ""]) => parameter)].flatMap((part) => [
    part,
    decoded(part),
  ])
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A text of somebody else's (a driver's message) without these secrets. */
export function redactText(text: string, secrets: readonly string[]): string {
  return redactAddress(
    [...secrets]
      .filter((secret) => secret.length > 2 && !secret.includes("://"))
      .sort((a, b) => b.length - a.length)
      .reduce((shown, secret) => shown.replaceAll(secret, hidden), text),
  )
}
