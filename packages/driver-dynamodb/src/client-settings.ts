import type { DynamoDBClientConfig } from "@aws-sdk/client-dynamodb"
import { configError } from "@nosql/core/driver"
import { checkOptions } from "./check-options.ts"
import { defaultOptions } from "./default-options.ts"
import type { DynamodbAddress } from "./dynamodb-options.ts"

/** The SDK deep-copies every answer for a logger that has `info`, also for one that throws it away: its own default has it. */
const quietLogger = { trace() {}, debug() {}, warn() {}, error() {} } as unknown as NonNullable<
  DynamoDBClientConfig["logger"]
>

const loopback = /^https?:\/\/(?:localhost|127(?:\.\d+){3}|\[::1\]|0\.0\.0\.0)(?::\d+)?\/?$/i

/**
 * The configuration of the SDK's client: what the caller states, our defaults, and where neither says anything the SDK's own search.
 *
 * @throws NoSQLError `config` that lists everything that is wrong, without a value.
 */
export function clientSettings(options: DynamodbAddress): DynamoDBClientConfig {
  const problems = checkOptions(options)
  if (problems.length > 0) throw configError("dynamodb", problems)
  const endpoint = options.endpoint ?? environmentEndpoint()
  return {
    logger: quietLogger,
    // Repeating is ours: only the store knows which writes may be sent twice.
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: options.connectTimeoutMs ?? defaultOptions.connectTimeoutMs,
      requestTimeout: options.requestTimeoutMs ?? defaultOptions.requestTimeoutMs,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: true, maxSockets: options.maxConnections ?? defaultOptions.maxConnections },
      httpsAgent: { keepAlive: true, maxSockets: options.maxConnections ?? defaultOptions.maxConnections },
    },
    ...(endpoint === undefined ? {} : { endpoint }),
    ...region(options, endpoint),
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...credentials(options, endpoint),
    ...options.clientOptions,
  }
}

/** A server that is not AWS stands in no region, but the SDK wants one. */
function region({ region: stated }: DynamodbAddress, endpoint: string | undefined) {
  const known = process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"]
  const assumed = endpoint !== undefined && known === undefined ? "us-east-1" : undefined
  const chosen = stated ?? assumed
  return chosen === undefined ? {} : { region: chosen }
}

/** A server on this machine takes any credentials; the search for real ones could take seconds. */
function credentials(
  { accessKeyId, secretAccessKey, sessionToken, profile }: DynamodbAddress,
  endpoint: string | undefined,
) {
  if (accessKeyId !== undefined && secretAccessKey !== undefined)
    return {
      credentials: {
        accessKeyId,
        secretAccessKey,
        ...(sessionToken === undefined ? {} : { sessionToken }),
      },
    }
  const local = endpoint !== undefined && loopback.test(endpoint)
  const known = profile !== undefined || process.env["AWS_ACCESS_KEY_ID"] || process.env["AWS_PROFILE"]
  return local && !known ? { credentials: { accessKeyId: "local", secretAccessKey: "local" } } : {}
}

export function environmentEndpoint(): string | undefined {
  const endpoint = process.env["AWS_ENDPOINT_URL_DYNAMODB"] ?? process.env["AWS_ENDPOINT_URL"]
  return endpoint === "" ? undefined : endpoint
}

/** Whether the address is on this machine. */
export function isLoopback(endpoint: string): boolean {
  return loopback.test(endpoint)
}
