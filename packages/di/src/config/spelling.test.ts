import { expect, test } from "vitest"
import { camelCase, nameKey, snakeCase, spellingsOf } from "./spelling.ts"

test.each([
  ["maxPoolSize", "max_pool_size"],
  ["uri", "uri"],
  ["writeConcernW", "write_concern_w"],
  ["tlsCAFile", "tls_ca_file"],
  ["serverSelectionTimeoutMs", "server_selection_timeout_ms"],
])("%s is %s, and all spellings have one key", (name, snake) => {
  expect(snakeCase(name)).toBe(snake)
  const spellings = ["code", "file", "variable"] as const
  expect(new Set(spellings.flatMap((spelling) => spellingsOf(name, spelling)).map(nameKey)).size).toBe(1)
  expect(spellingsOf(name, "variable")[0]).toBe(snake.toUpperCase())
})

test.each([
  ["max_pool_size", "maxPoolSize"],
  ["MAX_POOL_SIZE", "maxPoolSize"],
  ["maxPoolSize", "maxPoolSize"],
  ["A", "a"],
])("%s is shown as %s", (written, shown) => expect(camelCase(written)).toBe(shown))
