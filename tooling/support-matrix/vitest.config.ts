import { defineProject } from "vitest/config"

export default defineProject({
  test: {
    name: "support-matrix",
    include: ["src/**/*.test.ts"],
    testTimeout: 120_000,
  },
})
