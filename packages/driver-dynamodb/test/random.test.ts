import { dynamodb } from "@nosql/driver-dynamodb"
import { runRandom } from "@nosql/testing"
import { inject } from "vitest"

const endpoint = inject("dynamodbEndpoint")

runRandom({
  name: "dynamodb",
  driver: () => dynamodb({ endpoint, tablePrefix: `random-${process.pid}-` }),
  skip: endpoint === "",
})
