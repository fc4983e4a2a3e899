import type { DynamoDBClient } from "@aws-sdk/client-dynamodb"
import type { Document } from "@nosql/contracts"
import type { AnswerReader } from "./answer-reader.ts"
import { type InputOf, makeCommand, type OutputOf, type RequestName } from "./commands.ts"
import type { Send, SendOptions, Sent } from "./send.ts"

/** A request on its way. */
interface Call extends SendOptions {
  /** What its answer held. */
  found?: readonly Document[] | undefined
  /** The headers that it went with. */
  headers?: Headers
}

type Headers = Record<string, string>

type Handler = (args: { readonly input: object }) => Promise<{ readonly output: unknown }>

interface WireResponse {
  readonly statusCode?: number
  body?: unknown
}

/** Writes a dozen pieces of text into two headers of each request, always the same. */
const userAgentMiddleware = "getUserAgentMiddleware"
const userAgentHeaders = ["user-agent", "x-amz-user-agent"] as const

/**
 * Sends by a client that was made here. The SDK puts the chain of its middleware together anew for every request, which takes as long as to write one; here that is done
 * once for each kind of request, and so by the middleware that the client has then. Documents are read out of an answer before the SDK reads it. It then meets an answer
 * without items, and does all else that it always does.
 */
export function preparedSend(client: DynamoDBClient, reader: AnswerReader): Send {
  const { config } = client
  const calls = new WeakMap<object, Call>()
  const handlers = new Map<RequestName, Handler>()
  const stack = client.middlewareStack.clone()
  stack.add(
    // In place of the chain's own end, which knows the signal of one call.
    () => async (args) => {
      const request = args.request as { readonly headers: Headers }
      const call = calls.get(args.input)
      if (call !== undefined) call.headers = request.headers
      const options = call?.signal === undefined ? {} : { abortSignal: call.signal }
      const result = await config.requestHandler.handle(request as never, options)
      const response = result.response as WireResponse
      if (call?.documents !== true || response.statusCode !== 200) return result as never
      const bytes = await config.streamCollector(response.body)
      const answer = reader.read(bytes)
      call.found = answer?.documents
      response.body = answer?.rest ?? bytes
      return result as never
    },
    // The nearest to the wire, and so before the SDK's own reading.
    { step: "deserialize", name: "nosqlWire", priority: "low" },
  )
  /** `like`: the headers of a request of the same client. */
  const prepare = <Name extends RequestName>(name: Name, input: InputOf<Name>, like?: Headers): Handler => {
    const chain = stack.clone()
    if (like !== undefined && chain.remove(userAgentMiddleware)) nameUserAgent(chain, like)
    return makeCommand(name, input).resolveMiddleware(chain as never, config, {}) as Handler
  }
  return async <Name extends RequestName>(
    name: Name,
    input: InputOf<Name>,
    { signal, documents }: SendOptions,
  ): Promise<Sent<OutputOf<Name>>> => {
    const known = handlers.get(name)
    const call: Call = { signal, documents }
    // One input may be on its way twice.
    const own = { ...input }
    calls.set(own, call)
    const { output } = await (known ?? prepare(name, input))({ input: own })
    if (known === undefined) handlers.set(name, prepare(name, {} as InputOf<Name>, call.headers))
    return { output: output as OutputOf<Name>, documents: call.found }
  }
}

function nameUserAgent(chain: DynamoDBClient["middlewareStack"], like: Headers): void {
  const named: Headers = {}
  for (const name of userAgentHeaders) {
    const value = like[name]
    if (value !== undefined) named[name] = value
  }
  chain.add(
    (next) => (args) => {
      Object.assign((args.request as { headers: Headers }).headers, named)
      return next(args)
    },
    { step: "build", name: "nosqlUserAgent", priority: "low" },
  )
}
