import { NoSQLError } from "@nosql/contracts"
import { type AwilixContainer, asFunction, asValue, createContainer } from "awilix/browser"
import { lookUpStore } from "./look-up-store.ts"
import type { OpenStore } from "./open-store.ts"
import type { RepositoryClass } from "./scope.ts"

/** What was built for one application: each repository once, on its store. */
export interface RepositoryContainer {
  resolve<R>(repository: RepositoryClass<R>): R
}

/**
 * Binds repositories by class. A class is a key of its own, so that two of the same name do not meet.
 */
export function createRepositoryContainer(
  stores: readonly OpenStore[],
  repositories: readonly RepositoryClass[],
): RepositoryContainer {
  const container: AwilixContainer = createContainer({ strict: true })
  const keys = new Map<RepositoryClass, symbol>()
  for (const { name, store } of stores) container.register(`store:${name}`, asValue(store))
  for (const repository of repositories) {
    const key = Symbol(repository.name)
    keys.set(repository, key)
    const build = () => new repository(lookUpStore(stores, repository.storeName, repository.name).store)
    container.register(key, asFunction(build).singleton())
  }
  return {
    resolve<R>(repository: RepositoryClass<R>): R {
      const key = keys.get(repository)
      if (key !== undefined) return container.resolve<R>(key)
      throw new NoSQLError(
        "config",
        `resolve: ${repository.name} is not in the scope of this application: NoSQLModule.configure(…).scope(${repository.name})`,
        { operation: "resolve" },
      )
    },
  }
}
