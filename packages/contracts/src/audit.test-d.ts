import { describe, test } from "vitest"
import type { Collection, Filter, Update } from "./index.ts"

/*
 * 25 mistakes that a user makes, each of which must not compile: the 14 of the audit that other libraries were put to
 * (MongoDB's driver finds 4, Mongoose 7, papr 13), and 11 of ours. Controls that must compile follow.
 */

interface User {
  name: string
  email: string
  age?: number
  role: "admin" | "member"
  active: boolean
  joined: Date
  tags: string[]
  address: { city: string; zip?: string; geo?: { lat: number; lon: number } }
  items: { sku: string; qty: number }[]
  settings: Record<string, string>
  note: string | null
  contact: { kind: "mail"; mail: string } | { kind: "phone"; phone: string; country?: string }
  boss?: User
}
declare const users: Collection<User>

describe("14 mistakes in filters", () => {
  test("a typo", () => {
    // @ts-expect-error
    users.find({ nmae: "Ada" })
  })
  test("a value of another type", () => {
    // @ts-expect-error
    users.find({ age: "36" })
  })
  test("a value outside a union", () => {
    // @ts-expect-error
    users.find({ role: "root" })
  })
  test("an element of $in outside a union", () => {
    // @ts-expect-error
    users.find({ role: { $in: ["admin", "root"] } })
  })
  test("$regex on a number", () => {
    // @ts-expect-error
    users.find({ age: { $regex: "3" } })
  })
  test("a nested typo", () => {
    // @ts-expect-error
    users.find({ "address.town": "Rome" })
  })
  test("a typo deeper down", () => {
    // @ts-expect-error
    users.find({ "address.geo.lng": 5 })
  })
  test("a nested value of another type", () => {
    // @ts-expect-error
    users.find({ "address.city": 5 })
  })
  test("a value of another type deeper down", () => {
    // @ts-expect-error
    users.find({ "address.geo.lat": { $gt: "5" } })
  })
  test("an array's element of another type", () => {
    // @ts-expect-error
    users.find({ "items.0.qty": "5" })
  })
  test("an unknown operator", () => {
    // @ts-expect-error
    users.find({ age: { $gtt: 18 } })
  })
  test("a wrong key in $elemMatch", () => {
    // @ts-expect-error
    users.find({ items: { $elemMatch: { sk: "x" } } })
  })
  test("a typo in $or", () => {
    // @ts-expect-error
    users.find({ $or: [{ nmae: "Ada" }, { age: 36 }] })
  })
  test("a nested typo in $and", () => {
    // @ts-expect-error
    users.find({ $and: [{ $or: [{ "address.town": "Rome" }] }] })
  })
})

describe("objects that are no literals and share no key with the documents", () => {
  const written = { nmae: "Ada" }
  interface Declared {
    nmae: string
  }
  const declared: Declared = written

  test("are refused where their type is an interface, or T has neither arrays nor records", () => {
    // @ts-expect-error
    users.find(declared)
    const plain = (_: Filter<{ name: string; address: { city: string } }>) => undefined
    // @ts-expect-error
    plain(written)
    // @ts-expect-error
    plain(declared)
  })
  test("pass where T has arrays or records, which docs/types.md says: see why in docs/decisions", () => {
    users.find(written)
  })
  test("are refused where they are written as filters", () => {
    // @ts-expect-error
    const filter: Filter<User> = { nmae: "Ada" }
    // @ts-expect-error
    const satisfied = { nmae: "Ada" } satisfies Filter<User>
    users.find(filter)
    users.find(satisfied)
  })
})

describe("11 mistakes elsewhere", () => {
  test("a nested typo in $set", () => {
    // @ts-expect-error
    users.updateOne({ name: "Ada" }, { $set: { "address.town": "Rome" } })
  })
  test("a nested value of another type in $set", () => {
    // @ts-expect-error
    users.updateOne({ name: "Ada" }, { $set: { "address.geo.lat": "5" } })
  })
  test("$inc of a string", () => {
    // @ts-expect-error
    users.updateOne({ name: "Ada" }, { $inc: { name: 1 } })
  })
  test("$push of another element", () => {
    // @ts-expect-error
    users.updateOne({ name: "Ada" }, { $push: { items: { $each: [{ sku: 5, qty: 1 }] } } })
  })
  test("$unset of a required field", () => {
    // @ts-expect-error
    users.updateOne({ name: "Ada" }, { $unset: { email: true } })
  })
  test("a plain map of fields as an update", () => {
    // @ts-expect-error
    users.updateOne({ name: "Ada" }, { name: "Grace" })
  })
  test("a sort by an array", () => {
    // @ts-expect-error
    users.find({}, { sort: { tags: 1 } })
  })
  test("a typo in a projection", () => {
    // @ts-expect-error
    users.find({}, { projection: { name: 1, emial: 1 } })
  })
  test("a field that the projection left out", async () => {
    const [user] = await users.find({}, { projection: { "address.city": 1 } }).toArray()
    // @ts-expect-error
    user?.address.zip
  })
  test("a value of another type in the builder", () => {
    // @ts-expect-error
    users.query().whereGte("address.geo.lat", "5")
  })
  test("an array's condition on a scalar in the builder", () => {
    // @ts-expect-error
    users.query().whereContains("name", "a")
  })
})

describe("controls", () => {
  test("nested, optional and nullable fields", () => {
    users.find({ name: "Ada", age: { $gte: 18, $lt: 65n }, note: null, "address.geo.lat": { $exists: true } })
    users.find({ role: { $in: ["admin", null] }, joined: { $gt: new Date() }, active: { $ne: true } })
  })
  test("arrays by $elemMatch, $contains and index", () => {
    users.find({ items: { $elemMatch: { sku: "x", qty: { $gt: 1 } } }, tags: { $all: ["a"], $size: 1 } })
    users.find({ "items.0.sku": { $startsWith: "x" }, "tags.12": "a", tags: { $contains: "b" } })
  })
  test("unions and records", () => {
    users.find({ "contact.kind": "phone", "contact.country": "it", "settings.theme": { $regex: "^d" } })
    users.updateOne(
      { "contact.mail": "x" },
      { $set: { "settings.theme": "dark" }, $unset: { "contact.country": 1 } },
    )
  })
  test("recursive types, four segments deep", () => {
    users.find({ "boss.boss.boss.name": "Grace", "boss.items": { $elemMatch: { qty: 1 } } })
    users.query().where("boss.boss.address.city", "Rome").sortBy("boss.joined", "desc")
  })
  test("projections and the builder", async () => {
    const user = await users.findOne({}, { projection: { name: 1, "address.city": 1, tags: 1 } })
    if (user) [user._id.length, user.name, user.address.city, user.tags[0]]
    const slim = await users.query().exclude("address", "boss").where("role", "member").first()
    if (slim) [slim.name, slim.items[0]?.sku, slim._id]
  })
  test("filters and updates written apart, and types that are no literals", () => {
    const adults: Filter<User> = { age: { $gte: 18 } }
    const promote: Update<User> = { $set: { role: "admin" }, $push: { tags: { $each: ["x"], $slice: -5 } } }
    interface Search {
      name?: string
      "address.city"?: string
    }
    const search: Search = {}
    users.updateMany({ $and: [adults, search] }, promote)
    users.bulkWrite([
      { updateOne: { filter: adults, update: promote, upsert: true } },
      { deleteMany: { filter: { "address.zip": null } } },
    ])
  })
})
