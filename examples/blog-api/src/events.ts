import { DocumentRepository, defineCollection } from "@nosql/core"

export interface Event {
  kind: "viewed" | "published"
  postId: string
  at: Date
}

/** What nobody needs to see for longer. */
const days30 = 30 * 24 * 60 * 60

const Events = defineCollection<Event>("events", {
  fields: { kind: "string", postId: "id", at: "date" },
  indexes: [{ keys: { postId: 1, kind: 1 } }],
  ttl: { field: "at", afterSeconds: days30 },
})

/** Lives in a store of its own, beside the blog's. */
export class EventRepository extends DocumentRepository<Event> {
  static readonly storeName = "analytics"
  readonly collection = Events

  record(kind: Event["kind"], postId: string) {
    return this.insert({ kind, postId, at: new Date() })
  }

  countOf(postId: string, kind: Event["kind"]): Promise<number> {
    return this.count({ postId, kind })
  }
}
