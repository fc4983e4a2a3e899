import { ConnectionString } from "mongodb-connection-string-url"

/** What a URI states by itself. */
export interface ParsedUri {
  readonly srv: boolean
  readonly hasUser: boolean
  readonly hosts: readonly string[]
  /** The database that the path names. */
  readonly database: string | undefined
  /** Its options, by lowercase name: MongoDB ignores the case. */
  readonly options: ReadonlyMap<string, string>
}

/** Reads a URI, or says what is wrong with it in words that repeat nothing of it. */
export function parseUri(text: string): ParsedUri | { readonly problem: string } {
  try {
    const uri = new ConnectionString(text)
    const path = decodeURIComponent(uri.pathname.replace(/^\//, ""))
    return {
      srv: uri.isSRV,
      hasUser: uri.username !== "",
      hosts: uri.hosts,
      database: path === "" ? undefined : path,
      options: new Map([...uri.searchParams].map(([name, value]) => [name.toLowerCase(), value])),
    }
  } catch (error) {
    return { problem: uriProblem(text, error instanceof Error ? error.message : "") }
  }
}

function uriProblem(text: string, reason: string): string {
  if (!/^mongodb(?:\+srv)?:\/\//.test(text)) return "begins with mongodb:// or mongodb+srv://"
  if (/^mongodb(?:\+srv)?:\/\/(?:[^/?]*@)?(?:[/?]|$)/.test(text)) return "names no host"
  if (/SRV/i.test(reason)) return "of the form mongodb+srv:// names one host and no port"
  return "cannot be read: percent-encode the user's name and the password (encodeURIComponent), and end the hosts with a slash"
}
