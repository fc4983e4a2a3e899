import { defineProject } from "vitest/config"

export default defineProject({
  test: {
    name: "support-matrix",
    include: ["src/**/*.test.ts"],
    testTimeout: 120_000,
    // CommonJS packages are imported as Node does it, so that what passes here runs there.
    deps: { interopDefault: false },
  },
})
