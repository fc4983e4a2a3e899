import { DocumentRepository, defineCollection } from "@nosql/core"

export interface User {
  name: string
  email: string
  createdAt: Date
  updatedAt: Date
}

const Users = defineCollection<User>("users", {
  fields: { name: "string", email: "string" },
  indexes: [{ keys: { email: 1 }, unique: true }],
})

export class UserRepository extends DocumentRepository<User> {
  readonly collection = Users
  override readonly options = { timestamps: true }
}
