import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    projects: ["packages/*"],
    maxWorkers: 2,
    // The counts that .ci/run adds up.
    reporters: ["default", ["json", { outputFile: "node_modules/.cache/test-results.json" }]],
  },
})
