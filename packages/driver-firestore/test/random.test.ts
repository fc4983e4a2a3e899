import { runRandom } from "@nosql/testing"
import { inject } from "vitest"
import { expectIndexes } from "./expect-indexes.ts"
import { watchIndexes } from "./watch-indexes.ts"

const emulatorHost = inject("firestoreHost")
const watch = watchIndexes(`demo-random-${process.pid}`, emulatorHost)

runRandom({ name: "firestore", driver: () => watch.driver, skip: emulatorHost === "" })

expectIndexes(watch, emulatorHost === "", { automatic: 1, declared: 0, named: 0 })
