import { dynamodb } from "@nosql/driver-dynamodb"
import { runRandom } from "@nosql/testing"
import { inject } from "vitest"
import { lintedClient } from "./linted-client.ts"

const endpoint = inject("dynamodbEndpoint")
let client: ReturnType<typeof lintedClient>

runRandom({
  name: "dynamodb",
  driver: () => dynamodb({ client, tablePrefix: `random-${process.pid}-` }),
  skip: endpoint === "",
})
// Behind the runs, so that its test comes last.
client = lintedClient(endpoint)
