import { mongodb } from "@nosql/driver-mongodb"
import { runRandom } from "@nosql/testing"
import { inject } from "vitest"
import { documentdbRandomDifferences } from "./server-differences.ts"

const uri = inject("mongodbUri")
const database = `random-${process.pid}`

runRandom({
  name: "mongodb",
  driver: () => mongodb({ uri, database }),
  skip: uri === "",
  serverDifferences: inject("mongodbEngine") === "documentdb" ? documentdbRandomDifferences : [],
})
