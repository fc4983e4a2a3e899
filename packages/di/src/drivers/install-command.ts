import { dirname, join } from "node:path"
import type { Host } from "../host.ts"

/** Lockfiles, and what their package managers call an installation. */
const managers = [
  ["pnpm-lock.yaml", "pnpm add"],
  ["bun.lock", "bun add"],
  ["bun.lockb", "bun add"],
  ["yarn.lock", "yarn add"],
  ["package-lock.json", "npm install"],
  ["npm-shrinkwrap.json", "npm install"],
] as const

/** The command that installs these packages here: of the package manager whose lockfile is nearest. */
export async function installCommand(packages: readonly string[], host: Host): Promise<string> {
  return `${await managerAt(host.cwd, host)} ${packages.join(" ")}`
}

async function managerAt(folder: string, host: Host): Promise<string> {
  for (const [lockfile, command] of managers) {
    if (await host.exists(join(folder, lockfile))) return command
  }
  const parent = dirname(folder)
  return parent === folder ? "npm install" : managerAt(parent, host)
}
