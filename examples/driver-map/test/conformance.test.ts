import { runConformance } from "@nosql/testing"
import { mapDriver } from "../src/map-driver.ts"

runConformance({ name: "map", driver: mapDriver })
