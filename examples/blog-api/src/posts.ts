import { DocumentRepository, defineCollection, type Filter, Specification } from "@nosql/core"

export interface Post {
  title: string
  body: string
  tags: string[]
  authorId: string
  status: "draft" | "published"
  createdAt: Date
  updatedAt: Date
  version: number
  _deletedAt?: Date
}

const Posts = defineCollection<Post>("posts", {
  fields: { title: "string", status: "string", authorId: "id", tags: "array", createdAt: "date" },
  indexes: [{ keys: { status: 1, createdAt: -1 } }, { keys: { authorId: 1, createdAt: -1 } }],
})

export class PostRepository extends DocumentRepository<Post> {
  readonly collection = Posts
  override readonly options = { softDelete: true, timestamps: true, optimisticLocking: true }
}

export class Published extends Specification<Post> {
  toFilter(): Filter<Post> {
    return { status: "published" }
  }
}

export class WrittenBy extends Specification<Post> {
  readonly authorId: string
  constructor(authorId: string) {
    super()
    this.authorId = authorId
  }
  toFilter(): Filter<Post> {
    return { authorId: this.authorId }
  }
}
