import { DocumentStore, NoSQLModule } from "@nosql/di"
import { driverModule } from "./map-driver.ts"

const app = await NoSQLModule.configure({ driver: "map", scans: "allow" }, { drivers: [driverModule] }).boot()
const planets = app.resolve(DocumentStore).collection<{ name: string; moons: number }>("planets")
await planets.insertMany([
  { name: "Earth", moons: 1 },
  { name: "Mars", moons: 2 },
  { name: "Venus", moons: 0 },
])
await planets.updateMany({ moons: { $gt: 0 } }, { $inc: { moons: 1 } })
console.table(
  await planets.query().whereGt("moons", 0).sortBy("moons", "desc").select("name", "moons").toArray(),
)
console.log((await planets.explain({ name: "Mars" })).remaining, "is what core does")
await app.close()
