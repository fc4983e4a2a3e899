import { dynamodb } from "@nosql/driver-dynamodb"
import { runConformance } from "@nosql/testing"
import { inject } from "vitest"

const endpoint = inject("dynamodbEndpoint")

// With a client that is made here, answers are read by the driver itself.
runConformance({
  name: "dynamodb, own client",
  driver: () => dynamodb({ endpoint, tablePrefix: `own-${process.pid}-` }),
  skip: endpoint === "",
})
