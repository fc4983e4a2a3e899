import { memory } from "@nosql/driver-memory"
import { runConformance } from "@nosql/testing"

runConformance({ name: "memory", driver: () => memory() })
