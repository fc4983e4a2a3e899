import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import { type Document, NoSQLError, type Value } from "@nosql/contracts"
import { formatPath, type IndexInfo } from "@nosql/core/driver"
import { keyAttribute } from "./attribute-names.ts"
import { type Metadata, noMetadata, type StoredIndex } from "./table-state.ts"
import { type Attributes, decodeValue, encodeValue } from "./value-codec.ts"

/** How index attributes, sentinels and this item are written. A driver that knows only an older one must not write. */
const format = 1
const formatAttribute = "_nosql_format"
const versionAttribute = "_nosql_version"
const indexesAttribute = "_nosql_indexes"
const hadTtlAttribute = "_nosql_had_ttl"

/** The key of the item that tells a table's indexes. */
export const metadataKey: Attributes = { [keyAttribute]: { S: "m#indexes" } }

/** The item of the next version. */
export function encodeMetadata({ version, indexes, hadTtl }: Metadata): Attributes {
  return {
    ...metadataKey,
    [formatAttribute]: { N: String(format) },
    [versionAttribute]: { N: String(version) },
    [indexesAttribute]: encodeValue(indexes.map(encodeIndex)),
    ...(hadTtl ? { [hadTtlAttribute]: { BOOL: true } } : {}),
  }
}

/** The condition under which the next version is written: nobody else wrote one. */
export function metadataCondition(version: number) {
  return version === 0
    ? { ConditionExpression: "attribute_not_exists(#k)", ExpressionAttributeNames: { "#k": keyAttribute } }
    : {
        ConditionExpression: "#v = :v",
        ExpressionAttributeNames: { "#v": versionAttribute },
        ExpressionAttributeValues: { ":v": { N: String(version) } satisfies AttributeValue },
      }
}

export function decodeMetadata(item: Attributes | undefined, collection: string): Metadata {
  if (item === undefined) return noMetadata
  if (Number(item[formatAttribute]?.N) > format) throw tooNew(collection)
  const indexes = decodeValue(item[indexesAttribute] ?? { L: [] }) as unknown as readonly PlainIndex[]
  // A name is there once, whatever was written: the last one began last.
  const byName = new Map(indexes.map((plain) => [plain.name, decodeIndex(plain)]))
  return {
    version: Number(item[versionAttribute]?.N),
    indexes: [...byName.values()],
    hadTtl: item[hadTtlAttribute]?.BOOL === true,
  }
}

/** An index as it stands in the item. */
interface PlainIndex {
  readonly name: string
  readonly keys: readonly { readonly path: string; readonly direction: 1 | -1 }[]
  readonly unique: boolean
  readonly hash?: readonly string[]
  readonly shards?: number
  readonly expireAfterSeconds?: number
  readonly hide?: boolean
  readonly state: "building" | "ready"
  readonly since: number
}

function encodeIndex({ info, state, since, hide }: StoredIndex): Value {
  const { name, keys, unique, hash, shards, expireAfterSeconds } = info
  return {
    name,
    keys: keys.map(({ path, direction }) => ({ path: formatPath(path), direction })),
    unique,
    ...(hash === undefined ? {} : { hash: hash.map(formatPath) }),
    ...(shards === undefined ? {} : { shards }),
    ...(expireAfterSeconds === undefined ? {} : { expireAfterSeconds }),
    ...(hide === undefined ? {} : { hide }),
    state,
    since,
  } satisfies Document
}

function decodeIndex(plain: PlainIndex): StoredIndex {
  const { name, keys, unique, hash, shards, expireAfterSeconds, hide, state, since } = plain
  const info: IndexInfo = {
    name,
    keys: keys.map(({ path, direction }) => ({ path: path.split("."), direction })),
    unique,
    ...(hash === undefined ? {} : { hash: hash.map((path) => path.split(".")) }),
    ...(shards === undefined ? {} : { shards }),
    ...(expireAfterSeconds === undefined ? {} : { expireAfterSeconds }),
  }
  return { info, state, since, ...(hide === undefined ? {} : { hide }) }
}

function tooNew(collection: string): NoSQLError {
  return new NoSQLError(
    "failed-precondition",
    `the indexes of "${collection}" were defined by a newer @nosql/driver-dynamodb; upgrade this one before it writes`,
    { backend: "dynamodb", collection },
  )
}
