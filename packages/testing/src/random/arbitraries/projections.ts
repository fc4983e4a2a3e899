import fc, { type Arbitrary } from "fast-check"
import type { PlainProjection } from "../reference/project.ts"

/** Through objects, arrays ("takes the whole array") and scalars, and to what is not there. */
const paths = [
  "n",
  "s",
  "x",
  "bin",
  "constructor",
  "tags",
  "tags.0",
  "items",
  "items.n",
  "o",
  "o.n",
  "o.p",
  "o.p.n",
  "o.p.tags",
  "h.n",
  "any",
  "any.n",
  "lists",
  "s.x",
  "zz",
]

/** "Include or exclude, not both (but `_id` may be excluded)"; of a parent and its child one is named. */
export const randomProjection: Arbitrary<PlainProjection> = fc
  .tuple(fc.constantFrom<0 | 1>(0, 1), fc.array(fc.constantFrom(...paths), { maxLength: 4 }), fc.boolean())
  .map(([kind, chosen, hidesId]): PlainProjection => {
    const apart = chosen.filter((path, i) => !chosen.slice(0, i).some((other) => overlap(path, other)))
    const projection = Object.fromEntries(apart.map((path) => [path, kind]))
    if (hidesId) return { ...projection, _id: 0 }
    return apart.length === 0 ? { _id: 1 } : projection
  })

function overlap(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`)
}
