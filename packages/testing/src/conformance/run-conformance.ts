import { randomUUID } from "node:crypto"
import type { CollectionOptions, Document, DocumentStore } from "@nosql/contracts"
import { connect, defineCollection } from "@nosql/core"
import type { Driver } from "@nosql/core/driver"
import { afterAll, beforeAll, describe, test } from "vitest"
import type { CaseContext, ConformanceCase } from "./case.ts"
import { documentCases } from "./document-cases.ts"
import { filterCases } from "./filter-cases.ts"
import { indexCases } from "./index-cases.ts"
import { inputCases } from "./input-cases.ts"
import { pageCases } from "./page-cases.ts"
import { queryCases } from "./query-cases.ts"
import { storeCases } from "./store-cases.ts"
import { updateCases } from "./update-cases.ts"

export interface ConformanceHarness {
  /** Names the suite, e.g. `"restricted(memory)"`. */
  readonly name: string
  readonly driver: () => Driver
  /** True where there is no server: every case is reported as skipped. @default false */
  readonly skip?: boolean
}

const suites: Readonly<Record<string, readonly ConformanceCase[]>> = {
  documents: documentCases,
  filters: filterCases,
  queries: queryCases,
  pages: pageCases,
  updates: updateCases,
  indexes: indexCases,
  input: inputCases,
  store: storeCases,
}

/**
 * Runs every case of the suite that the driver's capabilities select. Call it in a test file of vitest.
 *
 * @example
 * runConformance({ name: "memory", driver: () => memory() })
 */
export function runConformance({ name, driver, skip = false }: ConformanceHarness): void {
  describe.skipIf(skip)(`conformance: ${name}`, () => {
    const warnings: string[] = []
    let store: DocumentStore
    const used = new Set<string>()

    beforeAll(async () => {
      store = await connect(driver(), { logger: { warn: (message) => warnings.push(message) } })
    })
    afterAll(async () => {
      for (const collection of used) await store?.dropCollection(collection)
      await store?.close()
    })

    for (const [suite, cases] of Object.entries(suites)) {
      describe(suite, () => {
        for (const { name: title, needs = [], run } of cases) {
          const lacks = skip ? [] : needs.filter((feature) => driver().capabilities[feature] === "none")
          test.skipIf(lacks.length > 0)(
            lacks.length > 0 ? `${title} [no ${lacks.join(", ")}]` : title,
            async () => {
              await run(caseContext(store, used, warnings))
            },
          )
        }
      })
    }
  })
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
    filled: async (documents, options) => {
      const made = collection(options)
      await made.insertMany(documents)
      return made
    },
  }
}
