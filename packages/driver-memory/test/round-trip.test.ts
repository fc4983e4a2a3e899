import { memory } from "@nosql/driver-memory"
import { roundTrip, runConformance, runRandom } from "@nosql/testing"

runConformance({ name: "roundTrip(memory)", driver: () => roundTrip(memory()) })
runRandom({ name: "roundTrip(memory)", driver: () => roundTrip(memory()) })
