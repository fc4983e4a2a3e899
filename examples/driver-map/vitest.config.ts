import { defineProject } from "vitest/config"

export default defineProject({ test: { name: "driver-map", include: ["test/**/*.test.ts"] } })
