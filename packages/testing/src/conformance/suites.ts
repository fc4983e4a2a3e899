import { bulkCases } from "./bulk-cases.ts"
import type { ConformanceCase } from "./case.ts"
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

/** All cases, by their suite. */
export const suites: Readonly<Record<string, readonly ConformanceCase[]>> = {
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
