import { dynamodb } from "@nosql/driver-dynamodb"
import { runConformance } from "@nosql/testing"
import { inject } from "vitest"
import { lintedClient } from "./linted-client.ts"

const endpoint = inject("dynamodbEndpoint")
let client: ReturnType<typeof lintedClient>

runConformance({
  name: "dynamodb",
  driver: () => dynamodb({ client, tablePrefix: `conformance-${process.pid}-` }),
  skip: endpoint === "",
})
// Behind the cases, so that its test comes last.
client = lintedClient(endpoint)
