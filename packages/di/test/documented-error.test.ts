import { readFileSync } from "node:fs"
import { driverModule as mongodb } from "@nosql/driver-mongodb"
import { expect, test } from "vitest"
import { NoSQLModule } from "../src/index.ts"
import { fakeHost } from "./fake-host.ts"
import { errorOf } from "./problems-of.ts"

test("the error in docs/configuration.md is the one that comes", async () => {
  const page = readFileSync(new URL("../../../docs/configuration.md", import.meta.url), "utf8")
  const [, documented] = /```\n(configure: .*?)\n```/s.exec(page) ?? []
  const file = "nosql:\n  driver: mongodb\n  mongodb:\n    database: shop\n    max_pol_size: 10\n"
  const module = NoSQLModule.configure(
    { mongodb: { minPoolSize: "20" as never } },
    {
      drivers: [mongodb],
      host: fakeHost({ files: { "application.yaml": file }, env: { LEX_NOSQL__SCANS: "wrn" } }),
    },
  )
  expect((await errorOf(module.boot())).message).toBe(documented)
})
