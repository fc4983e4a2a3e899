import { memory } from "@nosql/driver-memory"
import { restricted, runConformance } from "@nosql/testing"

runConformance({ name: "restricted(memory)", driver: () => restricted(memory()) })
