import type { LoadedConfig } from "../config/loaded-config.ts"
import { Application } from "./application.ts"
import { lookUpStore } from "./look-up-store.ts"
import type { OpenStore } from "./open-store.ts"
import { provisionScope, type ScopedCollection } from "./provision-scope.ts"
import { createRepositoryContainer, type RepositoryContainer } from "./repository-container.ts"
import { definitionOf, type RepositoryClass, type Scoped } from "./scope.ts"

/** Builds what is in scope, so that a mistake there shows at boot, and makes its indexes where that is wanted. */
export async function startApplication(
  config: LoadedConfig,
  stores: readonly OpenStore[],
  scope: readonly Scoped[],
  provision: boolean,
): Promise<Application> {
  const classes = scope.filter((scoped) => typeof scoped === "function")
  const repositories = createRepositoryContainer(stores, classes)
  const collections = config.settings.enabled
    ? scope.flatMap((scoped) => collectionOf(scoped, stores, repositories))
    : []
  const provisioned = provision ? await provisionScope(collections) : []
  return new Application({ config, stores, repositories, provisioned })
}

function collectionOf(
  scoped: Scoped,
  stores: readonly OpenStore[],
  repositories: RepositoryContainer,
): ScopedCollection | readonly [] {
  if (typeof scoped === "function") return collectionOfRepository(scoped, stores, repositories)
  const { definition, storeName } = "kind" in scoped ? scoped : { definition: scoped, storeName: undefined }
  return { open: lookUpStore(stores, storeName, definition.name), definition }
}

function collectionOfRepository(
  repository: RepositoryClass,
  stores: readonly OpenStore[],
  repositories: RepositoryContainer,
): ScopedCollection | readonly [] {
  const definition = definitionOf(repositories.resolve(repository))
  if (definition === undefined) return []
  return { open: lookUpStore(stores, repository.storeName, repository.name), definition }
}
