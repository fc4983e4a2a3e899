import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb"

type Logger = NonNullable<DynamoDBClientConfig["logger"]>

/** A client that shows each request, by its name and input, before it is sent. */
export function watchedClient(
  endpoint: string,
  watch: (name: string, input: object) => void,
): DynamoDBClient {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" }
  // The SDK copies every answer for a logger that has `info`, as its own default has.
  const logger = { trace() {}, debug() {}, warn() {}, error() {} } as unknown as Logger
  const client = new DynamoDBClient({ endpoint, region: "us-east-1", credentials, maxAttempts: 1, logger })
  client.middlewareStack.add(
    (next, context) => (args) => {
      watch((context.commandName ?? "").replace(/Command$/, ""), args.input)
      return next(args)
    },
    { step: "initialize", name: "watch" },
  )
  return client
}
