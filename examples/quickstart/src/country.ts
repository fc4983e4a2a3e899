import { defineCollection } from "@nosql/core"

/** A country of the world, as this example stores it. */
export interface Country {
  name: string
  capital?: string
  region: string
  subregion: string
  area?: number // km²; not known of every one
  landlocked: boolean
  borders: string[] // ids of the neighbours
  languages: string[]
  currencies: { code: string; name: string }[]
  position: { latitude: number; longitude: number }
  visits?: number
  tags?: string[]
}

export const Countries = defineCollection<Country>("countries", {
  fields: { name: "string", region: "string", area: "number?", landlocked: "boolean" },
  indexes: [{ keys: { name: 1 }, unique: true }, { keys: { region: 1, area: -1 } }],
})
