import { basename } from "node:path"
import type { Host } from "../src/host.ts"

/** Files by name, variables, and packages by name: nothing of this process. */
export interface FakeWorld {
  readonly files?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  readonly packages?: Readonly<Record<string, unknown>>
}

export function fakeHost({ files = {}, env = {}, packages = {} }: FakeWorld = {}): Host {
  return {
    cwd: "/app",
    env,
    async readFile(path) {
      const text = files[basename(path)]
      if (text === undefined) throw Object.assign(new Error("no such file"), { code: "ENOENT" })
      if (text === "EACCES") throw Object.assign(new Error("permission denied"), { code: "EACCES" })
      return text
    },
    exists: async (path) => basename(path) in files,
    importPackage: async (name) => packages[name],
  }
}
