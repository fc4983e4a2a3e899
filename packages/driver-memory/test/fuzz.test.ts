import { memory } from "@nosql/driver-memory"
import { runFuzz } from "@nosql/testing"

runFuzz({ name: "memory", driver: () => memory() })
