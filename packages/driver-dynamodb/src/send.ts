import type { DynamoDBClient } from "@aws-sdk/client-dynamodb"
import type { Document } from "@nosql/contracts"
import { type InputOf, makeCommand, type OutputOf, type RequestName } from "./commands.ts"

export interface SendOptions {
  readonly signal: AbortSignal | undefined
  /** Whether documents are wanted where they can be had, in place of items. */
  readonly documents: boolean
}

/** The answer to a request. */
export interface Sent<Output> {
  readonly output: Output
  /** Those of the answer, where they were asked for and could be read: `output` is without them then. */
  readonly documents: readonly Document[] | undefined
}

/** Sends a request once, and throws the SDK's error. */
export type Send = <Name extends RequestName>(
  name: Name,
  input: InputOf<Name>,
  options: SendOptions,
) => Promise<Sent<OutputOf<Name>>>

/** Sends by a client as it is: a caller's own middleware sees every request, and the items of every answer. */
export function sendBy(client: DynamoDBClient): Send {
  return async <Name extends RequestName>(
    name: Name,
    input: InputOf<Name>,
    { signal }: SendOptions,
  ): Promise<Sent<OutputOf<Name>>> => {
    const options = signal === undefined ? {} : { abortSignal: signal }
    const output = await client.send(makeCommand(name, input) as never, options)
    return { output: output as OutputOf<Name>, documents: undefined }
  }
}
