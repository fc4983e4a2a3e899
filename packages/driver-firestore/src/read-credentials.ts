import type { OptionProblem } from "@nosql/core/driver"
import { defaultOptions } from "./default-options.ts"

/** What the SDK takes for credentials. */
interface SdkCredentials {
  readonly keyFilename?: string
  readonly credentials?: { readonly client_email: string; readonly private_key: string }
  /** A key names its project. */
  readonly projectId?: string
}

/** `"default"`, a key file's path, or its JSON text. Problems name no part of the text: it is a secret. */
export function readCredentials(
  credentials: string = defaultOptions.credentials,
): SdkCredentials | OptionProblem {
  if (credentials === defaultOptions.credentials) return {}
  if (!credentials.trimStart().startsWith("{")) return { keyFilename: credentials }
  const key = parse(credentials)
  if (key === undefined) return problem("is no JSON, although it begins like it")
  const { client_email, private_key, project_id } = key
  if (typeof client_email !== "string" || typeof private_key !== "string")
    return problem("is no service account's key: it has no client_email and private_key")
  return {
    credentials: { client_email, private_key },
    ...(typeof project_id === "string" ? { projectId: project_id } : {}),
  }
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return undefined
  }
}

function problem(text: string): OptionProblem {
  return { path: "credentials", problem: text }
}
