import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb"
import type { DriverCall } from "@nosql/core/driver"
import { cancellationFate } from "./cancellation.ts"
import { classifyError } from "./classify-error.ts"
import type { Fate } from "./failure.ts"
import { failureOf } from "./failures.ts"
import { pause } from "./pause.ts"

const commands = {
  GetItem: GetItemCommand,
  BatchGetItem: BatchGetItemCommand,
  Query: QueryCommand,
  Scan: ScanCommand,
  PutItem: PutItemCommand,
  UpdateItem: UpdateItemCommand,
  DeleteItem: DeleteItemCommand,
  BatchWriteItem: BatchWriteItemCommand,
  TransactWriteItems: TransactWriteItemsCommand,
  CreateTable: CreateTableCommand,
  UpdateTable: UpdateTableCommand,
  DescribeTable: DescribeTableCommand,
  DeleteTable: DeleteTableCommand,
  ListTables: ListTablesCommand,
  DescribeTimeToLive: DescribeTimeToLiveCommand,
  UpdateTimeToLive: UpdateTimeToLiveCommand,
} as const

export type RequestName = keyof typeof commands
type CommandOf<Name extends RequestName> = InstanceType<(typeof commands)[Name]>
export type InputOf<Name extends RequestName> = CommandOf<Name>["input"]
export type OutputOf<Name extends RequestName> =
  CommandOf<Name> extends {
    resolveMiddleware: (...args: never[]) => (...args: never[]) => Promise<{ output: infer Output }>
  }
    ? Output
    : never

/** What became of a request, its repetitions included. */
export type Answer<Output> =
  | { readonly output: Output; readonly error?: undefined; readonly lost: boolean }
  /** `lost`: this or an earlier try may have been done. */
  | { readonly output?: undefined; readonly error: unknown; readonly lost: boolean }

export interface RequestOptions {
  /** Whether it may be sent again although it may have been done: it reads, or carries a condition or a token. */
  readonly repeatable: boolean
}

/** Tries of a request whose answer was lost; one that never came may have taken all of `requestTimeoutMs`. */
const mostLost = 3

/** Sends requests by one client, again where that helps: the SDK's own repetition is off. */
export class Requests {
  readonly #client: DynamoDBClient
  readonly maxAttempts: number

  constructor(client: DynamoDBClient, maxAttempts: number) {
    this.#client = client
    this.maxAttempts = maxAttempts
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
    { repeatable }: RequestOptions,
  ): Promise<Answer<OutputOf<Name>>> => {
    const options = call.signal === undefined ? {} : { abortSignal: call.signal }
    const Command = commands[name] as unknown as new (input: InputOf<Name>) => CommandOf<Name>
    let losses = 0
    for (let attempt = 1; ; attempt++) {
      try {
        const command = new Command(input)
        const output = (await this.#client.send(command as never, options)) as OutputOf<Name>
        return { output, lost: losses > 0 }
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
  return cancellationFate(error) ?? failureOf(error).fate ?? "final"
}
