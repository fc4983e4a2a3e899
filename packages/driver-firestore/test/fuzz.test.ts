import { firestore } from "@nosql/driver-firestore"
import { runFuzz } from "@nosql/testing"
import { inject } from "vitest"

const emulatorHost = inject("firestoreHost")

runFuzz({
  name: "firestore",
  driver: () => firestore({ projectId: `demo-fuzz-${process.pid}`, emulatorHost }),
  skip: emulatorHost === "",
})
