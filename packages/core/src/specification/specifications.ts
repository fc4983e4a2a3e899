import type {
  ArrayPath,
  CollectionDefinition,
  DynamicPath,
  ElementOf,
  Filter,
  OrderablePath,
  Path,
  PathValue,
  RangeOperand,
  StringPath,
} from "@nosql/contracts"
import type { Specification } from "./specification.ts"

type AnyPath<T> = Path<T> | DynamicPath
type AnyRange<T> = OrderablePath<T> | "_id" | DynamicPath
type AnyArray<T> = ArrayPath<T> | DynamicPath
type AnyString<T> = StringPath<T> | DynamicPath
type OperandAt<T, P> = PathValue<T, P> | null
type RangeAt<T, P> = RangeOperand<PathValue<T, P>>
type ElementAt<T, P> = ElementOf<PathValue<T, P>> | null

/** Makes specifications of documents of type T. They take values, never operators, so that input from outside cannot become code. */
export interface Specifications<T> {
  eq<P extends AnyPath<T>>(path: P, value: OperandAt<T, P>): Specification<T>
  /** The exact complement of `eq`: it holds where the path is missing, too. */
  ne<P extends AnyPath<T>>(path: P, value: OperandAt<T, P>): Specification<T>
  gt<P extends AnyRange<T>>(path: P, value: RangeAt<T, P>): Specification<T>
  gte<P extends AnyRange<T>>(path: P, value: RangeAt<T, P>): Specification<T>
  lt<P extends AnyRange<T>>(path: P, value: RangeAt<T, P>): Specification<T>
  lte<P extends AnyRange<T>>(path: P, value: RangeAt<T, P>): Specification<T>
  /** At least `low` and at most `high`. */
  between<P extends AnyRange<T>>(path: P, low: RangeAt<T, P>, high: RangeAt<T, P>): Specification<T>
  /** Equal to one of these; none given is none matching. */
  in<P extends AnyPath<T>>(path: P, values: readonly OperandAt<T, P>[]): Specification<T>
  /** The exact complement of `in`. */
  nin<P extends AnyPath<T>>(path: P, values: readonly OperandAt<T, P>[]): Specification<T>
  /** The path is there, be it null; or, with `false`, it is not. */
  exists<P extends AnyPath<T>>(path: P, exists?: boolean): Specification<T>
  /** An array that holds this value. */
  contains<P extends AnyArray<T>>(path: P, value: ElementAt<T, P>): Specification<T>
  startsWith<P extends AnyString<T>>(path: P, prefix: string): Specification<T>
  /** A string that holds a match of the pattern, in the portable subset; flags out of `ims`. */
  matches<P extends AnyString<T>>(path: P, pattern: string, flags?: string): Specification<T>
  /** What a filter says. It is code, as a filter is. */
  where(filter: Filter<T>): Specification<T>
  /** All of these hold; none given is everything. */
  and(...filters: readonly Filter<T>[]): Specification<T>
  /** One of these holds; none given is nothing. */
  or(...filters: readonly Filter<T>[]): Specification<T>
  not(filter: Filter<T>): Specification<T>
}

/** Where nothing says what T is, the compiler says what to write instead. */
type Known<T, P> = unknown extends T ? "write spec<T>() first, with the type of the documents" : P

/** As `Specifications`, where T comes from the place that the specification is put into: an argument, or a declared result. */
interface ContextualSpecifications {
  eq<T, P extends AnyPath<T> = never>(path: Known<T, P>, value: NoInfer<OperandAt<T, P>>): Specification<T>
  ne<T, P extends AnyPath<T> = never>(path: Known<T, P>, value: NoInfer<OperandAt<T, P>>): Specification<T>
  gt<T, P extends AnyRange<T> = never>(path: Known<T, P>, value: NoInfer<RangeAt<T, P>>): Specification<T>
  gte<T, P extends AnyRange<T> = never>(path: Known<T, P>, value: NoInfer<RangeAt<T, P>>): Specification<T>
  lt<T, P extends AnyRange<T> = never>(path: Known<T, P>, value: NoInfer<RangeAt<T, P>>): Specification<T>
  lte<T, P extends AnyRange<T> = never>(path: Known<T, P>, value: NoInfer<RangeAt<T, P>>): Specification<T>
  between<T, P extends AnyRange<T> = never>(
    path: Known<T, P>,
    low: NoInfer<RangeAt<T, P>>,
    high: NoInfer<RangeAt<T, P>>,
  ): Specification<T>
  in<T, P extends AnyPath<T> = never>(
    path: Known<T, P>,
    values: readonly NoInfer<OperandAt<T, P>>[],
  ): Specification<T>
  nin<T, P extends AnyPath<T> = never>(
    path: Known<T, P>,
    values: readonly NoInfer<OperandAt<T, P>>[],
  ): Specification<T>
  exists<T, P extends AnyPath<T> = never>(path: Known<T, P>, exists?: boolean): Specification<T>
  contains<T, P extends AnyArray<T> = never>(
    path: Known<T, P>,
    value: NoInfer<ElementAt<T, P>>,
  ): Specification<T>
  startsWith<T, P extends AnyString<T> = never>(path: Known<T, P>, prefix: string): Specification<T>
  matches<T, P extends AnyString<T> = never>(
    path: Known<T, P>,
    pattern: string,
    flags?: string,
  ): Specification<T>
  where<T>(filter: Filter<T>): Specification<T>
  and<T>(...filters: readonly Filter<T>[]): Specification<T>
  or<T>(...filters: readonly Filter<T>[]): Specification<T>
  not<T>(filter: Filter<T>): Specification<T>
}

/**
 * Makes specifications: of a T that the context knows, or fixed by a call.
 *
 * @example
 * const user = spec<User>()
 * const trusted = user.eq("status", "active").and(user.contains("roles", "admin"))
 */
export interface Spec extends ContextualSpecifications {
  /** Fixes T, so that what it makes can be put together by methods: `spec<User>()`, or `spec(Users)` of a definition. */
  <T>(definition?: CollectionDefinition<T, unknown>): Specifications<T>
}
