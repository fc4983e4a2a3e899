import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
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

/** The requests that are sent. */
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

export type ReadName = "GetItem" | "BatchGetItem" | "Query" | "Scan"

/** The SDK's types tell the commands apart, and here one is like another. */
export function makeCommand<Name extends RequestName>(name: Name, input: InputOf<Name>): CommandOf<Name> {
  const Command = commands[name] as unknown as new (input: InputOf<Name>) => CommandOf<Name>
  return new Command(input)
}
