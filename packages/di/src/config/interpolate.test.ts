// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are YAML, not templates.
import { expect, test } from "vitest"
import { interpolate } from "./interpolate.ts"

const env = { HOST: "db", EMPTY: "", TRICKY: "$& ${HOST}" }

test.each([
  ["plain", "plain", false],
  ["${HOST}", "db", true],
  ["${HOST}:${PORT:-27017}/${HOST}", "db:27017/db", true],
  ["${HOST:-other}", "db", true],
  ["${EMPTY}", "", true],
  ["${EMPTY:-filled}", "filled", true],
  ["${NONE:-}", "", true],
  ["${NONE:-mongodb://h:1/?a=b}", "mongodb://h:1/?a=b", true],
  ["${TRICKY}", "$& ${HOST}", true],
  ["$${HOST} costs $5", "${HOST} costs $5", false],
])("%s", (text, expected, used) => {
  expect(interpolate(text, env)).toEqual({ text: expected, used, problems: [] })
})

test.each(["${NONE}", "${}", "${HOST", "${A B}", "${1A}", "${HOST:other}", "${HOST:?why}"])(
  "%s is refused",
  (text) => {
    expect(interpolate(text, env).problems).toHaveLength(1)
  },
)
