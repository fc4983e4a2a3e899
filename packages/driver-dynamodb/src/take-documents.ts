import type { DynamoDBClient, QueryCommand } from "@aws-sdk/client-dynamodb"
import type { Document } from "@nosql/contracts"
import type { AnswerReader } from "./answer-reader.ts"

/** What the answer to a command held; undefined where the SDK has read it. */
export interface Taking {
  documents: readonly Document[] | undefined
}

interface WireResponse {
  readonly statusCode?: number
  body?: unknown
}

/**
 * Has the documents read out of a command's answer before the SDK reads it. It then meets an answer without items, and does all else that it always does: errors,
 * `$metadata`, its own and others' middleware.
 */
export function takeDocuments(
  { middlewareStack }: Pick<QueryCommand, "middlewareStack">,
  { config }: DynamoDBClient,
  reader: AnswerReader,
): Taking {
  const taking: Taking = { documents: undefined }
  middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args)
      const response = result.response as WireResponse
      if (response.statusCode !== 200) return result
      const bytes = await config.streamCollector(response.body)
      const answer = reader.read(bytes)
      taking.documents = answer?.documents
      response.body = answer?.rest ?? bytes
      return result
    },
    // The nearest to the wire, and so before the SDK's own.
    { step: "deserialize", name: "nosqlTakeDocuments", priority: "low" },
  )
  return taking
}
