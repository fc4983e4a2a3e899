import { runConformance } from "@nosql/testing"
import { inject } from "vitest"
import { expectIndexes } from "./expect-indexes.ts"
import { emulatorDifferences } from "./server-differences.ts"
import { watchIndexes } from "./watch-indexes.ts"

const emulatorHost = inject("firestoreHost")
const watch = watchIndexes(`demo-conformance-${process.pid}`, emulatorHost)

runConformance({
  name: "firestore",
  driver: () => watch.driver,
  skip: emulatorHost === "",
  serverDifferences: emulatorDifferences,
})

expectIndexes(watch, emulatorHost === "", { automatic: 500, declared: 1, named: 10 })
