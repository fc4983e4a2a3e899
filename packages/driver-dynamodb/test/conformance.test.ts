import { dynamodb } from "@nosql/driver-dynamodb"
import { runConformance } from "@nosql/testing"
import { inject } from "vitest"

const endpoint = inject("dynamodbEndpoint")

runConformance({
  name: "dynamodb",
  driver: () => dynamodb({ endpoint, tablePrefix: `conformance-${process.pid}-` }),
  skip: endpoint === "",
})
