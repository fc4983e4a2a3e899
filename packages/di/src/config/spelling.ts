import { assertNever } from "@nosql/contracts"

/** How names are written where they were found. */
export type Spelling =
  | "code" // camelCase
  | "file" // snake_case or camelCase
  | "variable" // SNAKE_CASE, snake_case or camelCase

/** `maxPoolSize` → `max_pool_size`, `tlsCAFile` → `tls_ca_file`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase()
}

/** `max_pool_size` → `maxPoolSize`, for names that no schema is at hand for. */
export function camelCase(name: string): string {
  const lower = /[a-z]/.test(name) ? name : name.toLowerCase()
  return lower.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

/** The same for all spellings of one name. */
export function nameKey(name: string): string {
  return name.replaceAll("_", "").toLowerCase()
}

/** The ways in which a property may be written, the usual one first. */
export function spellingsOf(property: string, spelling: Spelling): readonly string[] {
  const snake = snakeCase(property)
  switch (spelling) {
    case "code":
      return [property]
    case "file":
      return [snake, property]
    case "variable":
      return [snake.toUpperCase(), snake, property]
    default:
      return assertNever(spelling)
  }
}
