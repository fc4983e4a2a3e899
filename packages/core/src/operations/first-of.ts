/** The first item of batches, of which some may be empty; undefined where there is none. */
export async function firstOf<T>(batches: AsyncIterable<readonly T[]>): Promise<T | undefined> {
  for await (const [item] of batches) {
    if (item !== undefined) return item
  }
  return undefined
}
