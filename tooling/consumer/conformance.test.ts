// What the author of another driver writes, against the packed packages.
import { memory } from "@nosql/driver-memory"
import { runConformance } from "@nosql/testing"

runConformance({ name: "memory, packed", driver: memory })
