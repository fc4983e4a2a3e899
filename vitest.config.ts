import { defineConfig } from "vitest/config"
import { blogProjects } from "./examples/blog-api/vitest.projects.ts"

export default defineConfig({
  test: {
    projects: ["packages/*", "tooling/support-matrix", "examples/driver-map", ...blogProjects],
    maxWorkers: 2,
    // The counts that .ci/run adds up.
    reporters: ["default", ["json", { outputFile: "node_modules/.cache/test-results.json" }]],
  },
})
