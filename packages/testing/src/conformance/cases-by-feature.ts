import { type Driver, type Feature, features } from "@nosql/core/driver"
import { askedFeatures } from "./asked-features.ts"
import { caseNames } from "./case-names.ts"

/** A case that asks for nearly every feature is about support itself, and tells nothing of one. */
const tooMany = features.length / 2

/** Which cases of the suite ask a driver that passes them for which feature, as `"suite: case"`. For documentation. */
export async function casesByFeature(driver: Driver): Promise<ReadonlyMap<Feature, readonly string[]>> {
  const asked = await askedFeatures(driver, [...caseNames.keys()])
  const found = new Map<Feature, string[]>(features.map((feature) => [feature, []]))
  for (const [one, name] of caseNames) {
    const featuresOfCase = asked.get(one) ?? new Set()
    if (featuresOfCase.size < tooMany) for (const feature of featuresOfCase) found.get(feature)?.push(name)
  }
  return found
}
