import { connect, NoSQLError } from "@nosql/core"
import { memory } from "@nosql/driver-memory"
import { expect, test } from "vitest"

const store = await connect(memory())
const users = store.collection("users")
await users.insertOne({ _id: "ada", n: 1, tags: [] })

class User {
  n = 1
}
class ObjectId {
  toHexString() {
    return "65f0a1b2c3d4e5f6a7b8c9d0"
  }
}
const any = (value: unknown) => value as never

/** What people write who come from elsewhere, and what they are told. */
const mistakes: readonly (readonly [call: () => unknown, message: string])[] = [
  [
    () => users.findOne(any("ada")),
    'findOne: a filter is a plain object, such as { name: "Ada" }; {} matches all, get(id) takes an _id',
  ],
  [() => users.deleteMany(any(undefined)), "deleteMany: a filter is a plain object; {} matches all"],
  [
    () => users.get(any(new ObjectId())),
    'get at "_id": an _id is a string; of an ObjectId it is toHexString()',
  ],
  [
    () => users.find({ _id: { $in: [any(new ObjectId())] } }).toArray(),
    'find at "_id.0": an _id is a string; of an ObjectId it is toHexString()',
  ],
  [
    () => users.insertOne(any([{ n: 1 }])),
    "insertOne: a document is a plain object; several go to insertMany",
  ],
  [
    () => users.insertOne(any(new User())),
    "insertOne: a document is a plain object, and this is an instance of a class; store its fields: { ...it }",
  ],
  [
    () => users.replaceOne({}, any({ $set: { n: 2 } })),
    'replaceOne at "$set": a replacement is a whole document; operators go to an update',
  ],
  [
    () => users.updateOne({}, any({ n: 2 })),
    'updateOne at "n": an update names its operators; write { $set: { … } } to set fields',
  ],
  [
    () => users.updateOne({}, any({ $pushAll: { tags: ["x"] } })),
    'updateOne at "$pushAll": $pushAll is not portable: write $push: { tags: { $each: […] } }',
  ],
  [
    () => users.findOneAndUpdate({}, { $set: { n: 1 } }, any({ new: true })),
    'findOneAndUpdate at "new": is no option of findOneAndUpdate; write returnDocument: "after"',
  ],
  [
    () => users.find({}, any({ orderBy: { n: 1 } })),
    'find at "orderBy": is no option of find; write sort: { age: -1 }',
  ],
  [
    () => users.createIndex(any({ email: 1 }), any({ unique: true })),
    'createIndex at "unique": is no option of createIndex; it belongs to the index: { keys: { email: 1 }, unique: true }',
  ],
  [
    () => users.createIndex(any({ email: 1 })),
    'createIndex at "keys": is missing; write createIndex({ keys: { "email": 1 } })',
  ],
  [
    () => users.count({ $text: { $search: "x" } }),
    'count: memory has no "filter.text"; search with $regex or $startsWith, or by a driver that has it',
  ],
  [() => users.insertOne({ _id: "ada" }), "insertOne: a document with this _id is there already"],
  [
    () => users.insertMany([{}, { _id: "ada" }]),
    "insertMany: number 1 failed after 1 were written: a document with this _id is there already",
  ],
]

test.each(mistakes)("%s", async (call, message) => {
  const error: unknown = await (async () => call())().catch((reason: unknown) => reason)
  if (!NoSQLError.isInstance(error)) throw error ?? new Error("it was not refused")
  expect(error.message).toBe(message)
})
