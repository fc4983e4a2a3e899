import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb"
import { SigningHash } from "./signing-hash.ts"

/** The SDK's client, but what it works out anew for every request and is always the same is kept: the signer, and what the endpoint's address says. */
export function createClient(settings: DynamoDBClientConfig): DynamoDBClient {
  const client = new DynamoDBClient({ sha256: SigningHash, ...settings })
  if (settings.signer === undefined) keepSigners(client)
  if (typeof settings.endpoint === "string") keepEndpoint(client)
  return client
}

function keepSigners({ config }: DynamoDBClient): void {
  type Signer = ReturnType<typeof config.signer>
  const make = config.signer
  const kept = new Map<string, Signer>()
  config.signer = (scheme) => {
    const key = `${scheme?.signingRegion} ${scheme?.signingName}`
    const known = kept.get(key)
    if (known !== undefined) return known
    const signer = make(scheme)
    kept.set(key, signer)
    signer.catch(() => kept.delete(key))
    return signer
  }
}

function keepEndpoint({ config }: DynamoDBClient): void {
  const endpoint = config.endpoint?.()
  if (endpoint !== undefined) config.endpoint = () => endpoint
}
