import { fileURLToPath } from "node:url"
import type { TestProjectInlineConfiguration } from "vitest/config"

/** The drivers that the tests run on, one after the other; LEX_NOSQL__DRIVER picks one. */
const drivers = ["memory", "mongodb", "dynamodb", "firestore"]

const chosen = process.env["LEX_NOSQL__DRIVER"]

/** The same tests for each driver. Nothing but the variable differs. */
export const blogProjects = (chosen === undefined ? drivers : [chosen]).map(
  (driver): TestProjectInlineConfiguration => ({
    root: fileURLToPath(new URL(".", import.meta.url)),
    test: {
      name: `blog-api on ${driver}`,
      include: ["test/**/*.test.ts"],
      globalSetup: ["./test/global-setup.ts"],
      setupFiles: ["./test/environment.ts"],
      // CommonJS packages are imported as Node does it, so that what passes here runs there.
      deps: { interopDefault: false },
      env: { LEX_NOSQL__DRIVER: driver },
      testTimeout: 60_000,
      hookTimeout: 60_000,
    },
  }),
)
