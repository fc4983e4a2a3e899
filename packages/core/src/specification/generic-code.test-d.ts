import type { Collection, Filter, NewDocument, Sort, Update, WithId } from "@nosql/contracts"
import { describe, expectTypeOf, test } from "vitest"
import { path } from "../parse/path.ts"
import { spec } from "./spec.ts"

interface Named {
  name: string
  createdAt: Date
}

/** What `docs/types.md` says of code whose documents are a type parameter. */
describe("where the documents' type is a parameter", () => {
  test("the builder, specifications and ids find them", () => {
    async function find<T extends Named>(all: Collection<T>, id: string) {
      all.get(id)
      all.find({})
      all.query().where("_id", id)
      all.query().whereIn("_id", [id]).deleteMany()
      all.query().where(path("name"), "Ada").sortBy(path("createdAt"), "desc")
      all.find(spec<T>().eq("_id", id))
      all.find(spec<T>().eq(path("name"), "Ada"), { sort: { _id: 1 } })
      const [first] = await all.find({}).toArray()
      const name: string | undefined = first?.name
      return name
    }
    expectTypeOf(find).toBeFunction()
  })

  test("documents, and what is given as a filter, a sort or an update, go through", () => {
    function write<T extends Named>(
      all: Collection<T>,
      given: {
        document: WithId<T>
        added: NewDocument<T>
        filter: Filter<T>
        sort: Sort<T>
        changes: Partial<T>
      },
    ) {
      const { document, added, filter, sort, changes } = given
      all.insertMany([added, document])
      all.replaceOne(spec<T>().eq("_id", document._id), document)
      all.updateMany(filter, { $set: changes } as Update<T>)
      all.find(filter, { sort })
      all.find(spec.and(filter, spec<T>().eq(path("name"), "Ada")))
    }
    expectTypeOf(write).toBeFunction()
  })

  test("literals do not, since nobody knows what else T asks of a path", () => {
    function refused<T extends Named>(all: Collection<T>, id: string, filter: Filter<T>) {
      // @ts-expect-error
      all.find({ _id: id })
      // @ts-expect-error
      all.find({ name: "Ada" })
      // @ts-expect-error
      all.find({ [path("_id")]: id })
      // @ts-expect-error
      all.find({ $and: [filter] })
      // @ts-expect-error
      all.query().where("name", "Ada")
      // @ts-expect-error
      all.find({}, { sort: { name: 1 } })
    }
    expectTypeOf(refused).toBeFunction()
  })
})
