export { type ConformanceHarness, runConformance } from "./conformance/run-conformance.ts"
export { type Restrictions, restricted } from "./restricted.ts"
