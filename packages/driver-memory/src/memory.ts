import type { Driver } from "@nosql/core/driver"
import { capabilities } from "./capabilities.ts"
import { MemoryStore } from "./memory-store.ts"

/**
 * The embedded in-memory driver: no server, the same answers. Each `connect` has its own empty data, gone at `close`.
 *
 * @example
 * const store = await connect(memory())
 * await store.close()
 */
export function memory(): Driver {
  return { name: "memory", capabilities, connect: async () => new MemoryStore() }
}
