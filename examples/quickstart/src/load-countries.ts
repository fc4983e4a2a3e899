import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import type { Country } from "./country.ts"

interface Source {
  cca3: string
  name: { common: string }
  capital: string[]
  region: string
  subregion: string
  area: number
  landlocked: boolean
  borders: string[]
  languages: Record<string, string>
  currencies: Record<string, { name: string }>
  latlng: [number, number]
}

/** The countries of the npm package `world-countries`, with their three-letter code as `_id`. */
export async function loadCountries(): Promise<(Country & { _id: string })[]> {
  const path = createRequire(import.meta.url).resolve("world-countries/countries.json")
  const sources = JSON.parse(await readFile(path, "utf8")) as Source[]
  return sources.map(
    ({
      cca3,
      name,
      capital,
      languages,
      currencies,
      latlng,
      region,
      subregion,
      area,
      landlocked,
      borders,
    }) => ({
      _id: cca3,
      name: name.common,
      ...(capital[0] ? { capital: capital[0] } : {}),
      region,
      subregion,
      ...(area < 0 ? {} : { area }), // -1 stands for "not known"
      landlocked,
      borders,
      languages: Object.values(languages),
      currencies: Object.entries(currencies).map(([code, { name }]) => ({ code, name })),
      position: { latitude: latlng[0], longitude: latlng[1] },
    }),
  )
}
