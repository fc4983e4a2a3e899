import { expect, test } from "vitest"
import { defineCollection } from "../declaration/define-collection.ts"
import { repositoryDefinition } from "./repository-definition.ts"
import { behavioursOf, type RepositoryOptions } from "./repository-options.ts"

interface Post {
  title: string
  tenantId: string
}

const Posts = defineCollection<Post>("posts", {
  fields: { title: "string" },
  indexes: [{ keys: { title: 1 } }],
})
const define = (options: RepositoryOptions, source: typeof Posts | string = Posts) =>
  repositoryDefinition(source, behavioursOf(options, { operation: "test" }))

test("what is kept is declared beside the application's own fields", () => {
  expect(define({})).toEqual(Posts)
  expect(
    define({ softDelete: true, timestamps: true, optimisticLocking: true, multiTenant: "orgId" }),
  ).toEqual({
    ...Posts,
    fields: {
      title: "string",
      _deleted: "boolean",
      _deletedAt: "date?",
      createdAt: "date",
      updatedAt: "date",
      version: "number",
      orgId: "string",
    },
  })
})

test("a tenant may be of a kind of the application's choice; a collection that is named only stays undeclared", () => {
  const Referring = defineCollection<Post>("posts", { fields: { tenantId: "id" } })
  expect(define({ multiTenant: true }, Referring)).toMatchObject({ fields: { tenantId: "id" } })
  expect(define({ softDelete: true }, "posts")).toBe("posts")
})
