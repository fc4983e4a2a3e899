import type {
  DocumentStore,
  Filter,
  NewEntity,
  Page,
  Repository,
  StandardSchema,
  WithId,
} from "@nosql/contracts"
import { describe, expectTypeOf, test } from "vitest"
import { defineCollection } from "../declaration/define-collection.ts"
import { spec } from "../specification/spec.ts"
import { Specification } from "../specification/specification.ts"
import { DocumentRepository } from "./document-repository.ts"
import { repository } from "./repository.ts"

interface Post {
  title: string
  status: "draft" | "published"
  tags?: string[]
  author: { name: string }
  createdAt: Date
  updatedAt: Date
  version: number
}
const Posts = defineCollection<Post>("posts")
declare const store: DocumentStore

class PostRepository extends DocumentRepository<Post> {
  static readonly storeName = "blog"
  readonly collection = Posts
  override readonly options = { timestamps: true, optimisticLocking: true }
  findDrafts() {
    return this.findBy({ status: "draft" })
  }
}
declare const posts: PostRepository

describe("a repository of documents", () => {
  test("gives them with their id, and needs of a new one what it does not keep itself", () => {
    expectTypeOf(posts.get("a")).resolves.toEqualTypeOf<WithId<Post> | null>()
    expectTypeOf(posts.findDrafts()).resolves.toEqualTypeOf<WithId<Post>[]>()
    expectTypeOf(posts.page()).resolves.toEqualTypeOf<Page<WithId<Post>>>()
    expectTypeOf(posts.withDeleted()).toEqualTypeOf<PostRepository>()
    expectTypeOf(posts).toExtend<Repository<Post>>()
    expectTypeOf<WithId<Post>>().toExtend<NewEntity<Post>>()
    posts.save({ title: "A", status: "draft", author: { name: "Ada" } })
    posts.saveMany([{ _id: "x", title: "A", status: "draft", author: { name: "Ada" }, version: 1 }])
    posts.update("a", { title: "B", tags: ["x"] })
    posts.update("a", { $push: { tags: "x" }, $set: { "author.name": "Bob" } })
    posts.list({ where: { "author.name": "Ada", tags: null }, sort: { createdAt: -1 }, limit: 5 })
    posts.findBySpec(spec.eq("status", "draft"), { limit: 5 })
    posts.count({ $or: [{ title: { $startsWith: "A" } }, spec<Post>().exists("tags")] })
    posts.exists("a")
  })

  test("is asked by specifications of what its documents are, too", () => {
    interface Titled {
      title: string
    }
    class Untitled extends Specification<Titled> {
      toFilter(): Filter<Titled> {
        return { title: "" }
      }
    }
    posts.findBySpec(new Untitled())
    posts.count(new Untitled().not())
    // @ts-expect-error posts have no salary
    posts.findBySpec(spec<{ salary: number }>().gt("salary", 5))
  })

  test("mistakes do not compile", () => {
    // @ts-expect-error a required field is missing
    posts.save({ title: "A", status: "draft" })
    // @ts-expect-error not of the union
    posts.save({ title: "A", status: "lost", author: { name: "Ada" } })
    // @ts-expect-error no such field
    posts.findBy({ titel: "A" })
    // @ts-expect-error operators are no values
    posts.findBy({ title: { $ne: null } })
    // @ts-expect-error no such path
    posts.list({ where: { "author.nmae": "Ada" } })
    // @ts-expect-error no such sort key
    posts.list({ sort: { author: 1 } })
    // @ts-expect-error the field's type
    posts.update("a", { title: 5 })
    // @ts-expect-error the repository keeps it
    posts.update("a", { createdAt: new Date() })
    // @ts-expect-error a filter is no specification
    posts.findBySpec({ status: "draft" })
    // @ts-expect-error an id is a string
    posts.get(5)
    // @ts-expect-error the collection has to be there
    class Homeless extends DocumentRepository<Post> {}
    class Strange extends DocumentRepository<Post> {
      // @ts-expect-error of other documents
      readonly collection = defineCollection<{ n: number }>("n")
      // @ts-expect-error no such option
      override readonly options = { softDelet: true }
    }
    expectTypeOf([Homeless, Strange]).toBeArray()
  })
})

class User {
  readonly id: string
  constructor(id: string) {
    this.id = id
  }
}
interface UserDocument {
  name: string
}

describe("a repository of entities", () => {
  test("takes and gives them, and is asked by its documents", () => {
    const Users = repository<UserDocument, UserDocument, User>("users", {
      toEntity: ({ _id }) => new User(_id),
      toDocument: async ({ id }) => ({ _id: id, name: id }),
    })
    const users = new Users(store)
    expectTypeOf(users.get("a")).resolves.toEqualTypeOf<User | null>()
    expectTypeOf(users.save).parameter(0).toEqualTypeOf<User>()
    expectTypeOf(users.findByFilter).parameter(0).toEqualTypeOf<Filter<UserDocument>>()
    // @ts-expect-error a document is no entity
    users.save({ name: "Ada" })
    // @ts-expect-error entities are asked by their documents' paths
    users.findBy({ id: "a" })
  })

  test("the entity's type comes from the mapping", () => {
    const Users = repository(defineCollection<UserDocument>("users"), {
      toEntity: ({ _id }) => new User(_id),
      toDocument: (user) => ({ _id: user.id, name: user.id }),
    })
    expectTypeOf(new Users(store).getOrThrow("a")).resolves.toEqualTypeOf<User>()
  })

  test("a schema's input is what may be saved, its output what is read", () => {
    const schema = {} as StandardSchema<{ name: string; role?: string }, { name: string; role: string }>
    const Users = repository(defineCollection("users", { schema }))
    const users = new Users(store)
    users.save({ name: "Ada" })
    expectTypeOf(users.get("a")).resolves.toEqualTypeOf<WithId<{ name: string; role: string }> | null>()
  })
})
