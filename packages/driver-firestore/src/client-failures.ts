import type { Failure } from "./failure.ts"

/** What goes wrong before a server is asked, by the SDK's words for it. */
const failures: readonly (readonly [RegExp, Failure])[] = [
  [
    /Could not load the default credentials/,
    {
      code: "unauthenticated",
      text: "there are no default credentials; set the option credentials, or see https://cloud.google.com/docs/authentication/application-default-credentials",
    },
  ],
  [
    /Unable to detect a Project Id/,
    { code: "config", text: "no project is named; set the option projectId" },
  ],
  [/already been terminated/, { code: "closed", text: "the client is closed" }],
  [/ENOENT|EACCES|EISDIR/, { code: "config", text: "the key file that credentials names cannot be read" }],
  [
    /invalid_grant|invalid_client|DECODER|PEM routines|private key/i,
    { code: "unauthenticated", text: "the credentials cannot be used; check the key" },
  ],
  [
    /Value for argument|Cannot use|Input object|maximum depth|Element at index/,
    { code: "invalid-argument", text: "the SDK refused a value" },
  ],
]

export function clientFailure(error: Error): Failure {
  const text = `${error.message} ${(error as { code?: unknown }).code ?? ""}`
  return (
    failures.find(([pattern]) => pattern.test(text))?.[1] ?? {
      code: "unknown",
      text: "the Firestore driver failed; see the cause",
    }
  )
}
