import { distance as editDistance } from "fastest-levenshtein"

/** The name that was probably meant: at most a third of it is written differently. */
export function nearestName(written: string, names: Iterable<string>): string | undefined {
  let nearest: { name: string; distance: number } | undefined
  for (const name of names) {
    const distance = editDistance(written.toLowerCase(), name.toLowerCase())
    const allowed = Math.max(1, Math.floor(name.length / 3))
    if (distance <= allowed && distance < (nearest?.distance ?? Number.POSITIVE_INFINITY)) {
      nearest = { name, distance }
    }
  }
  return nearest?.name
}

/** `; did you mean "x"?`, or nothing. */
export function didYouMean(written: string, names: Iterable<string>): string {
  const nearest = nearestName(written, names)
  return nearest === undefined ? "" : `; did you mean "${nearest}"?`
}
