import { mongodb } from "@nosql/driver-mongodb"
import { runFuzz } from "@nosql/testing"
import { inject } from "vitest"

const uri = inject("mongodbUri")

runFuzz({
  name: "mongodb",
  driver: () => mongodb({ uri, database: `fuzz-${process.pid}` }),
  skip: uri === "",
})
