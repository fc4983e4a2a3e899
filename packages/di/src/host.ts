import { access, readFile } from "node:fs/promises"
import { importFrom } from "./drivers/import-from.ts"

/** What configuration and boot take from outside; tests bring their own. */
export interface Host {
  /** The application's root: YAML files, lockfile and driver packages are looked for from here. @default process.cwd() */
  readonly cwd: string
  /** @default process.env */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Rejects with the code ENOENT where there is no such file. */
  readFile(path: string): Promise<string>
  exists(path: string): Promise<boolean>
  /** A package's exports, as the application's root sees it; undefined where it is not installed. */
  importPackage(name: string, root: string): Promise<unknown>
}

/** This process. */
export function processHost(own: Partial<Host> = {}): Host {
  return {
    cwd: process.cwd(),
    env: process.env,
    readFile: (path) => readFile(path, "utf8"),
    exists: (path) =>
      access(path).then(
        () => true,
        () => false,
      ),
    importPackage: importFrom,
    ...own,
  }
}
