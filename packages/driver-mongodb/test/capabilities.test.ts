import { mongodb } from "@nosql/driver-mongodb"
import { runCapabilities } from "@nosql/testing"
import { inject } from "vitest"
import { documentdbDifferences } from "./server-differences.ts"

const uri = inject("mongodbUri")

runCapabilities({
  name: "mongodb",
  driver: () => mongodb({ uri, database: `capabilities-${process.pid}` }),
  // All of them take two minutes on two cores; the embedded store takes all.
  oneIn: 4,
  skip: uri === "",
  serverDifferences: inject("mongodbEngine") === "documentdb" ? documentdbDifferences : {},
})
