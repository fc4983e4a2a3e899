import { provideServer } from "@nosql/testing/servers"
import type { TestProject } from "vitest/node"

declare module "vitest" {
  interface ProvidedContext {
    /** `host:port`; empty where no emulator was found. */
    firestoreHost: string
  }
}

/** One emulator for all test files of this package: each takes a project of its own. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await provideServer("firestore", describeVersion)
  project.provide("firestoreHost", server?.address ?? "")
  return async () => server?.stop()
}

/** The emulator does not tell its version: that it answers. */
async function describeVersion(address: string): Promise<string> {
  const answer = await fetch(`http://${address}/`)
  return `unknown (answers ${(await answer.text()).trim()})`
}
