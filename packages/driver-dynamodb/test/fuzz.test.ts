import { dynamodb } from "@nosql/driver-dynamodb"
import { runFuzz } from "@nosql/testing"
import { inject } from "vitest"

const endpoint = inject("dynamodbEndpoint")

runFuzz({
  name: "dynamodb",
  driver: () => dynamodb({ endpoint, tablePrefix: `fuzz-${process.pid}-` }),
  skip: endpoint === "",
})
