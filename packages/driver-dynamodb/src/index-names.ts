import { perObject } from "@nosql/core/driver"

/** The attributes that hold a document's place in an index. */
interface IndexAttributeNames {
  readonly hash: string
  readonly range: string
}

export const indexAttributeNames = perObject(({ name }: { readonly name: string }): IndexAttributeNames => {
  const short = gsiName(name)
  return { hash: `_nosql_${short}_h`, range: `_nosql_${short}_r` }
})

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-naming-rules */
const minName = 3
/** With what is put around it, an attribute's name stays within the 255 bytes that a key's may have. */
const maxName = 200

/** An index's name in DynamoDB: its own where that is a name there, else its letters and a hash of it. */
export function gsiName(name: string): string {
  if (name.length >= minName && name.length <= maxName && !/[^A-Za-z0-9_.-]/.test(name)) return name
  const letters = name.replaceAll(/[^A-Za-z0-9_.-]/g, "_").slice(0, maxName - 9)
  return `${letters}-${hashText(name).toString(16).padStart(8, "0")}`
}

/** FNV-1a over UTF-16 units. Stored names and shards hang on it: it never changes. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
