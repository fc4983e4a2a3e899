import type { Document } from "@nosql/contracts"
import { type DocumentRepository, type RepositoryOptions, repository, Specification } from "@nosql/core"
import type { Arguments } from "./arguments.ts"
import { any, type Call, type Calls } from "./call.ts"

/** What is kept beside the entities' own fields, or nothing. */
const kinds: Readonly<Record<string, RepositoryOptions>> = {
  repository: {},
  keeping: { softDelete: true, timestamps: true, optimisticLocking: true },
}

const methods: Readonly<
  Record<string, (entities: DocumentRepository<Document>, given: Arguments) => unknown>
> = {
  get: (entities, { id, options }) => entities.get(any(id), any(options)),
  getMany: (entities, { documents }) => entities.getMany(any(documents)),
  list: (entities, { options }) => entities.list(any(options)),
  page: (entities, { filter, options }) => entities.page(any(filter), any(options)),
  findBy: (entities, { filter, options }) => entities.findBy(any(filter), any(options)),
  findByValue: (entities, { value }) => entities.findOneBy({ n: any(value) }),
  findByFilter: (entities, { filter, options }) => entities.findByFilter(any(filter), any(options)),
  findBySpec: (entities, { specification }) => entities.findBySpec(Specification.fromJSON(specification)),
  findBySpecOf: (entities, { value }) => entities.findBySpec(any(value)),
  count: (entities, { filter }) => entities.count(any(filter)),
  exists: (entities, { id }) => entities.exists(any(id)),
  insert: (entities, { document, options }) => entities.insert(any(document), any(options)),
  save: (entities, { document, options }) => entities.save(any(document), any(options)),
  saveMany: (entities, { documents }) => entities.saveMany(any(documents)),
  update: (entities, { id, document, options }) => entities.update(any(id), any(document), any(options)),
  delete: (entities, { id, options }) => entities.delete(any(id), any(options)),
  deleteMany: (entities, { documents }) => entities.deleteMany(any(documents)),
  restore: (entities, { id }) => entities.restore(any(id)),
  forTenant: (entities, { id }) => entities.forTenant(any(id)),
}

const methodCalls: Calls = Object.fromEntries(
  Object.entries(kinds).flatMap(([kind, options]) =>
    Object.entries(methods).map(([method, call]): [string, Call] => [
      `${kind}.${method}`,
      (target, given, store) => {
        const Entities = repository<Document>(target.name, options)
        return call(new Entities(store), given)
      },
    ]),
  ),
)

export const repositoryCalls: Calls = {
  ...methodCalls,
  repository: (target, { options }, store) => {
    const Entities = repository<Document>(target.name, any(options))
    return new Entities(store).list()
  },
}
