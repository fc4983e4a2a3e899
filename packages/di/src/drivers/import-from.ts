import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { resolve } from "import-meta-resolve"

/**
 * Imports a package as the application's root sees it, else as this package does (a hoisted install, another working directory);
 * undefined where neither finds it. A package that is there and cannot be loaded throws.
 */
export async function importFrom(name: string, root: string): Promise<unknown> {
  const url = find(name, pathToFileURL(join(root, "package.json")).href) ?? find(name, import.meta.url)
  return url === undefined ? undefined : import(url)
}

function find(name: string, parent: string): string | undefined {
  try {
    return resolve(name, parent)
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND") return undefined
    throw error
  }
}
