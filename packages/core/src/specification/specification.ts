import type { Filter, filtered, Specification as SpecificationProtocol } from "@nosql/contracts"
import { encodeAst } from "../ast/codec.ts"
import type { FilterNode } from "../ast/filter.ts"
import { fold } from "../ast/fold.ts"
import { parsedFilter } from "../ast/parsed-filter.ts"
import { parseFilter } from "../parse/parse-filter.ts"
import { parseNode } from "../parse/parse-node.ts"
import { type SpecifiedFilter, specificationName } from "../parse/specified-filter.ts"
import { satisfies } from "./satisfies.ts"

/**
 * A condition with a name. It stands wherever a filter does, is put together with others, and is asked of entities, too.
 * `toFilter` is called anew for each use, so that it may go by the time of day.
 *
 * @example
 * class ActiveAdult extends Specification<User> {
 *   toFilter(): Filter<User> {
 *     return { status: "active", age: { $gte: 18 } }
 *   }
 * }
 * const found = await users.find(new ActiveAdult().and({ "address.city": "Rome" })).toArray()
 */
export abstract class Specification<T> implements SpecificationProtocol<T> {
  declare readonly [filtered]: (document: T) => void

  /** Its own, so that a copy by spreading is told from a filter. */
  readonly [specificationName]: string = this.constructor.name

  abstract toFilter(): Filter<T>

  and(...others: readonly Filter<T>[]): Specification<T> {
    return new Combination<T>("$and", [this as Filter<T>, ...others])
  }

  or(...others: readonly Filter<T>[]): Specification<T> {
    return new Combination<T>("$or", [this as Filter<T>, ...others])
  }

  not(): Specification<T> {
    return new Combination<T>("$nor", [this as Filter<T>])
  }

  /**
   * Whether a store that holds this entity would find it: by the evaluator that finishes the stores' own queries.
   *
   * @throws NoSQLError `unsupported` where it needs `$text`, which only a store answers; `invalid-argument` where no store could hold the entity.
   */
  isSatisfiedBy(entity: T): boolean {
    return satisfies(nodeOf(this, "isSatisfiedBy"), entity)
  }

  /** Plain JSON; so `JSON.stringify(specification)` gives the text. Its class's name is not in it. */
  toJSON(): unknown {
    return JSON.parse(encodeAst(nodeOf(this, "toJSON")))
  }

  /**
   * The inverse of `toJSON`, checked: what is not in the language is refused.
   *
   * @example
   * const specification = Specification.fromJSON<User>(JSON.parse(saved))
   * @throws NoSQLError `invalid-argument`
   */
  static fromJSON<T>(json: unknown): Specification<T> {
    return specify<T>(parsedFilter(parseNode(json, { operation: "fromJSON" })))
  }
}

/** A specification of what a filter says. */
export function specify<T>(filter: Filter<T>): Specification<T> {
  return new Combination<T>("$and", [filter])
}

type Group = "$and" | "$or" | "$nor"

class Combination<T> extends Specification<T> {
  override readonly [specificationName] = ""
  readonly #group: Group
  readonly #filters: readonly Filter<T>[]

  constructor(group: Group, filters: readonly Filter<T>[]) {
    super()
    this.#group = group
    this.#filters = filters.flatMap((filter) => (isCombination(filter) ? filter.#partsIn(group) : [filter]))
  }

  toFilter(): Filter<T> {
    return { [this.#group]: this.#filters } as unknown as Filter<T>
  }

  /** Groups of one kind are joined: a chain of `and` is one level of the filter, however long it grows. */
  #partsIn(group: Group): readonly Filter<T>[] {
    const single = this.#filters.length === 1 && this.#group !== "$nor"
    const joined = this.#group === (group === "$nor" ? "$or" : group)
    return single || joined ? this.#filters : [this as Filter<T>]
  }
}

function isCombination<T>(filter: Filter<T>): filter is Combination<T> & Filter<T> {
  return filter instanceof Combination
}

function nodeOf(specification: SpecifiedFilter, operation: string): FilterNode {
  return fold(parseFilter(specification, { operation }))
}
