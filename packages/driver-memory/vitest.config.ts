import { defineProject } from "vitest/config"

export default defineProject({
  test: {
    name: "driver-memory",
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    // CommonJS packages are imported as Node does it, so that what passes here runs there.
    deps: { interopDefault: false },
  },
})
