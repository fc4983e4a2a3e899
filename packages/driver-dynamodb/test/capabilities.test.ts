import { dynamodb } from "@nosql/driver-dynamodb"
import { runCapabilities } from "@nosql/testing"
import { inject } from "vitest"

const endpoint = inject("dynamodbEndpoint")

runCapabilities({
  name: "dynamodb",
  driver: () => dynamodb({ endpoint, tablePrefix: `capabilities-${process.pid}-` }),
  // All of them take minutes on two cores, since each makes its tables; the embedded store takes all.
  oneIn: 4,
  skip: endpoint === "",
})
