import { mongodb } from "@nosql/driver-mongodb"
import { runConformance } from "@nosql/testing"
import { inject } from "vitest"
import { documentdbDifferences } from "./server-differences.ts"

const uri = inject("mongodbUri")
const database = `conformance-${process.pid}`

runConformance({
  name: "mongodb",
  driver: () => mongodb({ uri, database }),
  skip: uri === "",
  serverDifferences: inject("mongodbEngine") === "documentdb" ? documentdbDifferences : {},
})
