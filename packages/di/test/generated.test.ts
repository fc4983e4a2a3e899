import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { generatedFiles } from "../tooling/generated-files.ts"

describe("what is made from the schemas is up to date (else: pnpm --filter @nosql/di generate)", () => {
  test.each(generatedFiles().map(({ url, text }) => [url.pathname.split("/").at(-1), url, text] as const))(
    "%s",
    (_, url, text) => expect(readFileSync(url, "utf8")).toBe(text),
  )
})
