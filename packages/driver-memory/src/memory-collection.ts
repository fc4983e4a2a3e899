import type { Document } from "@nosql/contracts"
import { type IndexInfo, refuseOtherIndex } from "@nosql/core/driver"
import { type ErrorContext, memoryError } from "./memory-error.ts"
import type { MemoryAccess } from "./plan-query.ts"
import { SortedIndex } from "./sorted-index.ts"
import { UniqueIndex } from "./unique-index.ts"

/**
 * The documents of one collection and their indexes. A stored document never changes: a write puts another in its place,
 * so that the object itself is its revision. Nobody outside may hold one without a copy.
 */
export class MemoryCollection {
  readonly #documents = new Map<string, Document>()
  readonly #sorted = new Map<string, SortedIndex>()
  readonly #unique = new Map<string, UniqueIndex>()

  get size(): number {
    return this.#documents.size
  }

  get indexes(): readonly IndexInfo[] {
    return [...this.#sorted.values()].map(({ index }) => index)
  }

  hasIndex(name: string): boolean {
    return this.#sorted.has(name)
  }

  /** Adds an index over what is there; all or nothing where the values are not unique. One that is there already is left. */
  addIndex(index: IndexInfo, context: ErrorContext): void {
    const namesake = this.#sorted.get(index.name)?.index
    if (namesake !== undefined) {
      // Two who make an index at once have both found none.
      refuseOtherIndex(index, namesake, { ...context, backend: "memory" })
      return
    }
    const sorted = new SortedIndex(index)
    const unique = index.unique ? new UniqueIndex(index) : undefined
    for (const document of this.#documents.values()) {
      unique?.check(document, context)
      unique?.add(document)
      sorted.add(document)
    }
    this.#sorted.set(index.name, sorted)
    if (unique !== undefined) this.#unique.set(index.name, unique)
  }

  dropIndex(name: string): boolean {
    this.#unique.delete(name)
    return this.#sorted.delete(name)
  }

  get(id: string): Document | undefined {
    return this.#documents.get(id)
  }

  insert(document: Document, context: ErrorContext): void {
    const id = document["_id"] as string
    if (this.#documents.has(id)) {
      throw memoryError("already-exists", "a document with this _id is there already", context, {
        path: "_id",
        details: { index: "_id_", paths: ["_id"] },
      })
    }
    this.#checkUnique(document, context)
    this.#put(document)
  }

  replace(previous: Document, next: Document, context: ErrorContext): void {
    this.#checkUnique(next, context)
    this.remove(previous)
    this.#put(next)
  }

  remove(document: Document): void {
    for (const index of this.#sorted.values()) index.remove(document)
    for (const index of this.#unique.values()) index.remove(document)
    this.#documents.delete(document["_id"] as string)
  }

  /** The documents that a plan's access reaches, in its order. */
  *reach(access: MemoryAccess): Iterable<Document> {
    if (access.kind === "scan") {
      yield* this.#documents.values()
      return
    }
    for (const id of this.#ids(access)) {
      const document = this.#documents.get(id)
      if (document !== undefined) yield document
    }
  }

  #ids(access: Exclude<MemoryAccess, { kind: "scan" }>): Iterable<string> {
    if (access.kind === "ids") return access.ids
    if (access.kind === "hash") {
      const id = this.#unique.get(access.index)?.find(access.values)
      return id === undefined ? [] : [id]
    }
    const index = this.#sorted.get(access.index)
    const ids = access.prefixes.flatMap((prefix) => index?.ids(prefix, access.ranges) ?? [])
    return new Set(access.backward ? ids.reverse() : ids)
  }

  #checkUnique(document: Document, context: ErrorContext): void {
    for (const index of this.#unique.values()) index.check(document, context)
  }

  #put(document: Document): void {
    this.#documents.set(document["_id"] as string, document)
    for (const index of this.#sorted.values()) index.add(document)
    for (const index of this.#unique.values()) index.add(document)
  }
}
