import { firestore } from "@nosql/driver-firestore"
import { runCapabilities } from "@nosql/testing"
import { inject } from "vitest"

const emulatorHost = inject("firestoreHost")

runCapabilities({
  name: "firestore",
  driver: () => firestore({ projectId: `demo-capabilities-${process.pid}`, emulatorHost }),
  // All of them take minutes on the emulator; the embedded store takes all.
  oneIn: 10,
  skip: emulatorHost === "",
})
