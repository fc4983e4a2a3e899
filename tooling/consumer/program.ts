// What a user writes first, against the packed packages.
import { connect, defineCollection } from "@nosql/core"
import { memory } from "@nosql/driver-memory"

interface User {
  name: string
  age?: number
}

const Users = defineCollection<User>("users", { fields: { name: "string", age: "number?" } })
const store = await connect(memory())
const users = store.collection(Users)
const id = await users.insertOne({ name: "Ada", age: 36 })
await users.updateOne({ _id: id }, { $inc: { age: 1 } })
// @ts-expect-error the packed declarations still know the collection
const none = users.find({ nmae: "Ada" }).toArray()
const [ada] = await users.find({ age: { $gte: 37 } }).toArray()
await none.catch(() => {})
await store.close()
console.log(`${ada?.name} is ${ada?.age}`)
