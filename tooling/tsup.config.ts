import { defineConfig } from "tsup"

/** The one build of every package: its entries are arguments of the `build` script in its own package.json. */
export default defineConfig({ format: "esm", target: "node22", clean: true, sourcemap: true, dts: true })
