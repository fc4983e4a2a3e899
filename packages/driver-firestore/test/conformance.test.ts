import { firestore } from "@nosql/driver-firestore"
import { runConformance } from "@nosql/testing"
import { inject } from "vitest"
import { emulatorDifferences } from "./server-differences.ts"

const emulatorHost = inject("firestoreHost")

runConformance({
  name: "firestore",
  driver: () => firestore({ projectId: `demo-conformance-${process.pid}`, emulatorHost }),
  skip: emulatorHost === "",
  serverDifferences: emulatorDifferences,
})
