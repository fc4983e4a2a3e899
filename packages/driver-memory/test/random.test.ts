import { memory } from "@nosql/driver-memory"
import { restricted, runRandom } from "@nosql/testing"

runRandom({ name: "memory", driver: () => memory() })
runRandom({ name: "restricted(memory)", driver: () => restricted(memory()) })
