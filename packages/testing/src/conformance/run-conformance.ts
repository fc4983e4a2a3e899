import { randomUUID } from "node:crypto"
import type { CollectionOptions, Document, DocumentStore } from "@nosql/contracts"
import { connect, defineCollection } from "@nosql/core"
import type { Driver } from "@nosql/core/driver"
import { afterAll, beforeAll, describe, test } from "vitest"
import { maybeRoundTrip } from "../round-trip.ts"
import { bulkCases } from "./bulk-cases.ts"
import type { CaseContext, ConformanceCase } from "./case.ts"
import { declarationCases } from "./declaration-cases.ts"
import { documentCases } from "./document-cases.ts"
import { filterCases } from "./filter-cases.ts"
import { guardCases } from "./guard-cases.ts"
import { idFilterCases } from "./id-filter-cases.ts"
import { indexCases } from "./index-cases.ts"
import { inputCases } from "./input-cases.ts"
import { listFilterCases } from "./list-filter-cases.ts"
import { pageCases } from "./page-cases.ts"
import { queryCases } from "./query-cases.ts"
import { readCases } from "./read-cases.ts"
import { regexFilterCases } from "./regex-filter-cases.ts"
import { repositoryBehaviourCases } from "./repository-behaviour-cases.ts"
import { repositoryCases } from "./repository-cases.ts"
import { repositoryClassCases } from "./repository-class-cases.ts"
import { repositoryTenantCases } from "./repository-tenant-cases.ts"
import { specificationCases } from "./specification-cases.ts"
import { storeCases } from "./store-cases.ts"
import { textFilterCases } from "./text-filter-cases.ts"
import { ttlCases } from "./ttl-cases.ts"
import { untrustedFilterCases } from "./untrusted-filter-cases.ts"
import { updateCases } from "./update-cases.ts"
import { updateDeclaredCases } from "./update-declared-cases.ts"
import { updateOperatorCases } from "./update-operator-cases.ts"
import { upsertSeedCases } from "./upsert-seed-cases.ts"
import { writeCases } from "./write-cases.ts"

export interface ConformanceHarness {
  /** Names the suite, e.g. `"restricted(memory)"`. */
  readonly name: string
  readonly driver: () => Driver
  /** True where there is no server: every case is reported as skipped. @default false */
  readonly skip?: boolean
  /**
   * Cases, as `"suite: case"`, that the server of this run is known to fail although the store passes them, and what it does instead.
   * Each must fail: one that passes has been mended, and is an error until its line is gone. One that fails by chance only,
   * `{ sometimes }`, is skipped. @default none
   */
  readonly serverDifferences?: Readonly<Record<string, string | { readonly sometimes: string }>>
}

const suites: Readonly<Record<string, readonly ConformanceCase[]>> = {
  documents: documentCases,
  declarations: declarationCases,
  filters: [
    ...filterCases,
    ...listFilterCases,
    ...regexFilterCases,
    ...idFilterCases,
    ...textFilterCases,
    ...untrustedFilterCases,
  ],
  queries: queryCases,
  reads: readCases,
  pages: pageCases,
  updates: updateCases,
  writes: writeCases,
  bulks: bulkCases,
  ttl: ttlCases,
  "update operators": updateOperatorCases,
  "updates of declared fields": updateDeclaredCases,
  "seeds of upserts": upsertSeedCases,
  indexes: indexCases,
  input: [...inputCases, ...guardCases],
  specifications: specificationCases,
  repositories: [
    ...repositoryCases,
    ...repositoryBehaviourCases,
    ...repositoryTenantCases,
    ...repositoryClassCases,
  ],
  store: storeCases,
}

/**
 * Runs every case of the suite that the driver's capabilities select. Call it in a test file of vitest.
 *
 * @example
 * runConformance({ name: "memory", driver: () => memory() })
 */
export function runConformance({
  name,
  driver,
  skip = false,
  serverDifferences = {},
}: ConformanceHarness): void {
  refuseUnknownCases(Object.keys(serverDifferences))
  describe.skipIf(skip)(`conformance: ${name}`, () => {
    const warnings: string[] = []
    let store: DocumentStore
    const used = new Set<string>()

    beforeAll(async () => {
      store = await connect(maybeRoundTrip(driver()), {
        logger: { warn: (_fields, message) => warnings.push(message) },
      })
    })
    afterAll(async () => {
      for (const collection of used) await store?.dropCollection(collection)
      await store?.close()
    })

    for (const [suite, cases] of Object.entries(suites)) {
      describe(suite, () => {
        for (const { name: title, needs = [], run } of cases) {
          const lacks = skip ? [] : needs.filter((feature) => driver().capabilities[feature] === "none")
          const difference = serverDifferences[`${suite}: ${title}`]
          const runCase = () => run(caseContext(store, used, warnings))
          if (lacks.length > 0) test.skip(`${title} [no ${lacks.join(", ")}]`, runCase)
          else if (typeof difference === "object")
            test.skip(`${title} [this server, at times: ${difference.sometimes}]`, runCase)
          else if (difference !== undefined) test.fails(`${title} [this server: ${difference}]`, runCase)
          else test(title, runCase)
        }
      })
    }
  })
}

/** A line that names no case excuses nothing any more. */
function refuseUnknownCases(names: readonly string[]): void {
  const known = new Set(
    Object.entries(suites).flatMap(([suite, cases]) => cases.map(({ name }) => `${suite}: ${name}`)),
  )
  const unknown = names.filter((name) => !known.has(name))
  if (unknown.length > 0) throw new Error(`no such cases: ${unknown.join("; ")}`)
}

function caseContext(store: DocumentStore, used: Set<string>, warnings: string[]): CaseContext {
  const collection = (options?: CollectionOptions<Document>) => {
    const name = `case-${randomUUID()}`
    used.add(name)
    return options === undefined
      ? store.collection<Document>(name)
      : store.collection(defineCollection<Document>(name, options))
  }
  return {
    store,
    backend: store.backend,
    warnings,
    collection,
    defined: (options) => {
      const name = `case-${randomUUID()}`
      used.add(name)
      return store.collection(defineCollection(name, options))
    },
    filled: async (documents, options) => {
      const made = collection(options)
      await made.insertMany(documents)
      return made
    },
  }
}
