import { firestore } from "@nosql/driver-firestore"
import { runRandom } from "@nosql/testing"
import { inject } from "vitest"

const emulatorHost = inject("firestoreHost")

runRandom({
  name: "firestore",
  driver: () => firestore({ projectId: `demo-random-${process.pid}`, emulatorHost }),
  skip: emulatorHost === "",
})
