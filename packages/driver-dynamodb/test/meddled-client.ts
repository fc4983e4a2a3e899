import { DynamoDBClient } from "@aws-sdk/client-dynamodb"

/** What goes over the wire, and what a test does in its place. */
export interface MeddledClient {
  readonly client: DynamoDBClient
  /** The names of the requests since the last `reset`. */
  readonly sent: string[]
  readonly inputs: Record<string, unknown>[]
  /** Stands between the driver and the server: `send` does the request; what is thrown is the answer. */
  meddle(next: Meddler | undefined): void
  reset(): void
}

export type Meddler = (
  request: { readonly name: string; readonly input: Record<string, unknown>; readonly count: number },
  send: (input?: Record<string, unknown>) => Promise<Record<string, unknown>>,
) => Promise<Record<string, unknown>>

/** A client whose requests are counted and can be met with faults. */
export function meddledClient(
  endpoint: string,
  watch: (name: string, input: object) => void = () => {},
): MeddledClient {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" }
  const client = new DynamoDBClient({ endpoint, region: "us-east-1", credentials, maxAttempts: 1 })
  const sent: string[] = []
  const inputs: Record<string, unknown>[] = []
  let meddler: Meddler | undefined
  client.middlewareStack.add(
    (next, { commandName = "" }) =>
      async (args) => {
        const name = commandName.replace(/Command$/, "")
        watch(name, args.input)
        sent.push(name)
        inputs.push(args.input as Record<string, unknown>)
        if (meddler === undefined) return next(args)
        const send = async (input = args.input as Record<string, unknown>) =>
          (await next({ ...args, input: input as never })).output as unknown as Record<string, unknown>
        const count = sent.filter((other) => other === name).length
        const output = await meddler({ name, input: args.input as Record<string, unknown>, count }, send)
        return { output: output as never, response: {} }
      },
    { step: "initialize", name: "watch" },
  )
  return {
    client,
    sent,
    inputs,
    meddle: (next) => {
      meddler = next
    },
    reset: () => {
      sent.length = 0
      inputs.length = 0
      meddler = undefined
    },
  }
}

/** An error as the SDK throws it. */
export function sdkError(name: string, fields: object = {}): Error {
  return Object.assign(new Error(`injected ${name}`), { name, ...fields })
}
