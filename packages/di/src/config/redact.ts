import { type JsonSchema, propertiesOf } from "./json-schema.ts"

const hidden = "***"

/** Names that give a secret away where the schema does not say `writeOnly`. */
const secretName = /password|passphrase|secret|token|credential|private_?key|access_?key|api_?key/i

/** A setting as it may be shown: secrets and an address's credentials are stars. */
export function redactValue(value: unknown, name: string, schema: JsonSchema): unknown {
  if (isSecret(name, schema)) return hidden
  if (typeof value === "string") return redactAddress(value, secretsOf(value))
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

interface AddressSecrets {
  readonly credentials: RegExp
  readonly parameters: RegExp
}

const secretParameter = "(?<=[?&][^=&]*(?:password|secret|token|authMechanismProperties)[^=&]*=)"

/** An address alone may hold in secret what should have been encoded, such as spaces: too much is hidden rather than too little. */
const inAddress: AddressSecrets = {
  credentials: /(?<=:\/\/).*(?=@)/gs,
  parameters: new RegExp(`${secretParameter}[^&]*`, "gi"),
}

/** In a sentence an address ends at a space. */
const inSentence: AddressSecrets = {
  credentials: /(?<=:\/\/)\S*(?=@)/g,
  parameters: new RegExp(`${secretParameter}[^&\\s]*`, "gi"),
}

/** Credentials as they are where all else is encoded: a later `@` is no part of them. */
const beforePath = /(?<=:\/\/)[^/?]*(?=@)/g

/** How far secrets reach in a setting: it is a sentence where words stand before the address. */
function secretsOf(setting: string): AddressSecrets {
  const [before = "", address] = setting.trimStart().split("://")
  return address !== undefined && /\s/.test(before) ? inSentence : inAddress
}

/** `scheme://user:password@host?token=x` without what is secret in it. */
function redactAddress(text: string, { credentials, parameters }: AddressSecrets): string {
  return text.replace(credentials, hidden).replace(parameters, hidden)
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
  const found = secretsOf(text)
  if (redactAddress(text, found) === text) return []
  const credentials = [found.credentials, beforePath].flatMap((pattern) => text.match(pattern) ?? [])
  const passwords = credentials.map((pair) => pair.slice(pair.indexOf(":") + 1))
  const parameters = text.match(found.parameters) ?? []
  return [text, ...credentials, ...passwords, ...parameters].flatMap((part) => [part, decoded(part)])
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
  const shown = [...secrets]
    .filter((secret) => secret.length > 2 && !secret.includes("://"))
    .sort((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.replaceAll(secret, hidden), text)
  return redactAddress(shown, inSentence)
}
