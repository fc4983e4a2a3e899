import type { Document } from "@nosql/contracts"
import type { DriverCall } from "@nosql/core/driver"
import { cancellationFate } from "./cancellation.ts"
import { classifyError } from "./classify-error.ts"
import type { InputOf, OutputOf, ReadName, RequestName } from "./commands.ts"
import type { Fate } from "./failure.ts"
import { pause } from "./pause.ts"
import { sdkFailure } from "./sdk-failures.ts"
import type { Send, Sent } from "./send.ts"

/** What became of a request, its repetitions included. */
type Answer<Output> =
  | {
      readonly output: Output
      readonly error?: undefined
      readonly lost: boolean
      /** Those of the answer, where they were asked for and could be read: `output` is without them then. */
      readonly documents?: readonly Document[] | undefined
    }
  /** `lost`: this or an earlier try may have been done. */
  | {
      readonly output?: undefined
      readonly error: unknown
      readonly lost: boolean
      readonly documents?: undefined
    }

interface RequestOptions {
  /** Whether it may be sent again although it may have been done: it reads, or carries a condition or a token. */
  readonly repeatable: boolean
  /** Whether documents are wanted where they can be had, in place of items. @default false */
  readonly documents?: boolean
}

/** Tries of a request whose answer was lost; one that never came may have taken all of `requestTimeoutMs`. */
const mostLost = 3

/** Sends requests, again where that helps: the SDK's own repetition is off. */
export class Requests {
  readonly #send: Send
  readonly maxAttempts: number

  constructor(send: Send, maxAttempts: number) {
    this.#send = send
    this.maxAttempts = maxAttempts
  }

  /** A read of documents; `items`: of the items that they are. Throws a NoSQLError. */
  readonly read = async <Name extends ReadName>(
    name: Name,
    input: InputOf<Name>,
    call: DriverCall,
    { collection, items }: { readonly collection: string; readonly items: boolean },
  ): Promise<Sent<OutputOf<Name>>> => {
    const options = { repeatable: true, documents: !items }
    const answer = await this.ask(name, input, call, options)
    if (answer.output !== undefined) return { output: answer.output, documents: answer.documents }
    throw classifyError(answer.error, call, { collection })
  }

  /** A read, or any other request that may be repeated; throws a NoSQLError. */
  readonly send = async <Name extends RequestName>(
    name: Name,
    input: InputOf<Name>,
    call: DriverCall,
    collection?: string,
  ): Promise<OutputOf<Name>> => {
    const { output, error } = await this.ask(name, input, call, { repeatable: true })
    if (output !== undefined) return output
    throw classifyError(error, call, { collection })
  }

  /** Sends and tells what became of it; throws nothing. */
  readonly ask = async <Name extends RequestName>(
    name: Name,
    input: InputOf<Name>,
    call: DriverCall,
    { repeatable, documents = false }: RequestOptions,
  ): Promise<Answer<OutputOf<Name>>> => {
    const options = { signal: call.signal, documents }
    let losses = 0
    for (let attempt = 1; ; attempt++) {
      try {
        const sent = await this.#send(name, input, options)
        return { output: sent.output, lost: losses > 0, documents: sent.documents }
      } catch (error) {
        const fate = fateOf(error, call)
        if (fate === "lost") losses++
        const again =
          attempt < this.maxAttempts &&
          fate !== "final" &&
          (fate !== "lost" || (repeatable && losses < mostLost)) &&
          (await pause(attempt, fate, call))
        if (!again) return { error, lost: losses > 0 }
      }
    }
  }
}

function fateOf(error: unknown, { signal }: DriverCall): Fate {
  if (signal?.aborted) return "lost"
  return cancellationFate(error) ?? sdkFailure(error).fate ?? "final"
}
