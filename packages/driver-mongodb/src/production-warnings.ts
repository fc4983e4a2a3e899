import { defaultOptions } from "./default-options.ts"
import type { MongodbAddress } from "./mongodb-options.ts"
import { parseUri } from "./parse-uri.ts"

const local = /^(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\])(?::\d+)?$/i

/** Mechanisms whose credentials are no part of the options: https://www.mongodb.com/docs/manual/core/authentication/ */
const external = /^(?:MONGODB-X509|MONGODB-AWS|MONGODB-OIDC|GSSAPI)$/i

/** What is unwise in production: an address of this machine, and no credentials. */
export function productionWarnings(options: MongodbAddress): readonly string[] {
  const uri = parseUri(options.uri ?? defaultOptions.uri)
  if ("problem" in uri) return []
  const { auth, authMechanism = uri.options.get("authmechanism") ?? "" } = options.clientOptions ?? {}
  const known = uri.hasUser || auth !== undefined || external.test(authMechanism)
  return [
    ...(uri.hosts.some((host) => local.test(host)) ? ["is at a local address: set mongodb.uri"] : []),
    ...(known
      ? []
      : ["has no credentials: put a user into mongodb.uri, or an authMechanism that needs none"]),
  ]
}
