import { memory } from "@nosql/driver-memory"
import { runCapabilities } from "@nosql/testing"

runCapabilities({ name: "memory", driver: () => memory() })
