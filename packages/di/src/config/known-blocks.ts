import type { DynamodbSettings } from "@nosql/driver-dynamodb"
import type { FirestoreAddress } from "@nosql/driver-firestore"
import type { MongodbSettings } from "@nosql/driver-mongodb"

/** The blocks of the drivers that are known by a word. The types come from the drivers; nothing of them is imported at run time. */
export interface KnownBlocks {
  readonly memory?: Readonly<Record<string, never>>
  readonly mongodb?: MongodbSettings & { readonly clientOptions?: Readonly<Record<string, unknown>> }
  readonly dynamodb?: DynamodbSettings & { readonly clientOptions?: Readonly<Record<string, unknown>> }
  readonly firestore?: FirestoreAddress
}
