// Type-checked under several settings, and its declarations emitted: what users export of the library can be named.
import { type Collection, defineCollection, type Filter, path, type Update } from "@nosql/core"

export interface User {
  name: string
  age?: number
  tags: string[]
  address: { city: string; zip?: string }
  settings: Record<string, string>
  contact: { kind: "mail"; mail: string } | { kind: "phone"; phone: string }
  boss?: User
}

export const Users = defineCollection<User>("users", {
  fields: { name: "string", age: "number?", "address.city": "string" },
  indexes: [{ keys: { "address.city": 1, age: -1 } }],
})
declare const users: Collection<User>

export const byCity = (city: string) => users.find({ "address.city": city, "settings.theme": "dark" })
export const names = () => users.find({}, { projection: { name: 1, "address.city": 1 } }).toArray()
export const slim = users.query().exclude("tags", "boss").where("boss.name", "Ada")
export const adults: Filter<User> = {
  age: { $gte: 18 },
  "tags.0": "x",
  [path("boss.boss.boss.boss.name")]: "Ada",
}
export const move = (city: string): Update<User> => ({
  $set: { "address.city": city },
  $push: { tags: "moved" },
})
export const city = async () => (await names())[0]?.address.city.length

// @ts-expect-error a nested typo
users.find({ "address.town": "Rome" })
// @ts-expect-error a value of another type
users.updateOne({}, { $set: { "address.city": 5 } })
// @ts-expect-error an operator of another kind
users.query().whereStartsWith("age", "3")
// @ts-expect-error a field that was left out
names().then((all) => all[0]?.tags)
