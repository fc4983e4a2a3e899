export { compareStores, type DifferentialOutcome } from "./differential/compare-stores.ts"
export type { Participant } from "./differential/participant.ts"
