import { connect, DocumentRepository, type Explanation, spec } from "@nosql/core"
import { memory } from "@nosql/driver-memory"
import { mongodb } from "@nosql/driver-mongodb"
import { Countries, type Country } from "./country.ts"
import { loadCountries } from "./load-countries.ts"
import { answer, section, squareKilometres } from "./print.ts"

// The one line that knows the database. Everything below is the same for all of them.
const uri = process.env["MONGODB_URI"]
const driver = uri ? mongodb({ uri, database: "nosql-quickstart" }) : memory()
const store = await connect(driver, { scans: "allow" })

await store.dropCollection(Countries.name)
const countries = store.collection(Countries)

section("Write")
const { ids } = await countries.insertMany(await loadCountries())
answer("Countries written", ids.length)

section("Ask")
const iceland = await countries.get("ISL")
answer("What is the capital of Iceland?", iceland?.capital)
answer("How many countries are in Europe?", await countries.count({ region: "Europe" }))

const largest = await countries.find({ region: "Africa" }, { sort: { area: -1 }, limit: 3 }).toArray()
answer(
  "The three largest countries of Africa?",
  largest.map(({ name }) => name),
)

const islands = await countries
  .find({ borders: [], area: { $gt: 100_000 } }, { sort: { area: -1 }, projection: { name: 1 } })
  .toArray()
answer(
  "Large countries without a neighbour?",
  islands.map(({ name }) => name),
)

const doubly = await countries
  .query()
  .where("region", "Europe")
  .where("landlocked", true)
  .whereLt("area", 1000)
  .sortBy("name")
  .toArray()
answer(
  "Small, European and without a sea?",
  doubly.map(({ name }) => name),
)

const north = await countries.findOne({}, { sort: { "position.latitude": -1 } })
answer("Which one lies farthest north?", north?.name)

const tropical = await countries.count({ "position.latitude": { $gte: -23.4, $lte: 23.4 } })
answer("How many lie between the tropics?", tropical)

const nordic = await countries
  .find({ _id: { $in: ["DNK", "FIN", "ISL", "NOR", "SWE"] } }, { sort: { name: 1 } })
  .toArray()
answer(
  "The Nordic countries?",
  nordic.map(({ name }) => name),
)

const ends = await countries
  .find({ $or: [{ area: { $gt: 9_900_000 } }, { area: { $lt: 1 } }] }, { sort: { area: -1 } })
  .toArray()
answer(
  "The giants and the dwarfs?",
  ends.map(({ name }) => name),
)

answer("How many have no capital?", await countries.count({ capital: { $exists: false } }))

const elsewhere = await countries.count({ region: { $nin: ["Europe", "Asia", "Africa", "Americas"] } })
answer("Countries outside the four big regions?", elsewhere)

const lonely = await countries
  .query()
  .whereNot("area", { $gte: 10 })
  .select("name", "area")
  .sortBy("area")
  .toArray()
answer(
  "Under 10 km²?",
  lonely.map(({ name, area }) => `${name} (${squareKilometres(area)})`),
)

const romansh = await countries.find({ languages: { $contains: "Romansh" } }).toArray()
answer(
  "Where do they speak Romansh?",
  romansh.map(({ name }) => name),
)

const dollars = await countries
  .query()
  .whereElemMatch("currencies", { code: { $ne: "USD" }, name: { $regex: "dollar$" } })
  .where("region", "Americas")
  .whereGt("area", 100_000)
  .sortBy("name")
  .toArray()
answer(
  "Large, American, and with a dollar of its own?",
  dollars.map(({ name }) => name),
)

// The compiler knows the collection. A typo is an error before anything runs:
//   countries.count({ regoin: "Europe" })
//   error TS2561: Object literal may only specify known properties, but 'regoin' does not exist in type 'Filter<Country>'. Did you mean to write 'region'?

section("Change")
const atlantis: Country = {
  name: "Atlantis",
  region: "Oceania",
  subregion: "Below",
  landlocked: false,
  borders: [],
  languages: [],
  currencies: [],
  position: { latitude: 31, longitude: -24 },
}
const visited = await countries.updateMany(
  { region: "Oceania" },
  { $inc: { visits: 1 }, $push: { languages: "Greetings" } },
)
answer("Countries of Oceania visited", visited.modified)
await countries.updateOne({ _id: "AUS" }, { $inc: { visits: 4 }, $set: { capital: "Canberra" } })
answer("Visits to Australia", (await countries.get("AUS"))?.visits)
await countries.updateOne(
  { _id: "NZL" },
  {
    $max: { visits: 3 },
    $addToSet: { tags: { $each: ["kiwi", "island", "kiwi"] } },
  },
)
const zealand = await countries.findOne({ _id: "NZL" }, { projection: { visits: 1, tags: 1 } })
answer("New Zealand, visited and tagged", `${zealand?.visits}, ${zealand?.tags?.join(" ")}`)
const bulk = await countries.bulkWrite([
  { insertOne: { document: { ...atlantis, _id: "ATL" } } },
  { updateMany: { filter: { tags: { $contains: "kiwi" } }, update: { $pull: { tags: "island" } } } },
  { replaceOne: { filter: { _id: "ATL" }, replacement: { ...atlantis, area: 1 }, upsert: true } },
  { deleteOne: { filter: { name: "Atlantis" } } },
])
answer("In one request", `${bulk.inserted} in, ${bulk.modified} changed, ${bulk.deleted} out`)
const { deleted } = await countries.deleteMany({ region: "Antarctic" })
answer("Removed: nobody lives in the Antarctic", deleted)

section("Page")
const europe = countries.query().where("region", "Europe").sortBy("area", "desc")
let page = await europe.page({ size: 4 })
answer(
  "Europe by area, page 1",
  page.items.map(({ name }) => name),
)
if (page.next) page = await europe.page({ size: 4, after: page.next })
answer(
  "page 2",
  page.items.map(({ name }) => name),
)

section("Specifications and repositories")
const country = spec<Country>()
const foreign = country.lt("area", 1000).and(country.contains("languages", "English").not())

class CountryRepository extends DocumentRepository<Country> {
  readonly collection = Countries

  findForeign() {
    return this.findBySpec(foreign, { sort: { area: 1 }, limit: 3 })
  }
}

const repository = new CountryRepository(store)
answer(
  "The smallest where no English is spoken?",
  (await repository.findForeign()).map(({ name }) => name),
)
const malta = await repository.getOrThrow("MLT")
answer("Is Malta one of them?", foreign.isSatisfiedBy(malta) ? "yes" : "no")
await repository.save({ ...malta, visits: 1 })
answer("Visited by now", await repository.count(country.exists("visits")))

section("Explain")
const explain = (question: string, { access, index, reasons }: Explanation) =>
  answer(question, `${access}${index ? ` ${index}` : ""} — ${reasons.join("; ")}`)
explain("by _id", await countries.explain({ _id: "ISL" }))
explain("region, by area", await countries.explain({ region: "Asia" }, { sort: { area: -1 } }))
explain("landlocked", await countries.explain({ landlocked: true }))

await store.dropCollection(Countries.name)
await store.close()
console.log(`\nAll of this ran on: ${store.backend}`)
