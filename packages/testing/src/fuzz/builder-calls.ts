import type { Arguments } from "./arguments.ts"
import type { Call, Calls } from "./call.ts"

const builderSteps =
  "where whereNe whereGt whereGte whereLt whereLte whereBetween whereIn whereNotIn whereExists whereType whereRegex whereStartsWith whereContains whereContainsAny whereAll whereSize whereElemMatch whereText whereNot andWhere orWhere norWhere select exclude sortBy skip limit after scans consistency".split(
    " ",
  )
const builderEnds = "toArray first count exists page explain updateMany deleteMany build".split(" ")

/** The builder's methods as they are called by untyped code. */
type Loose = Readonly<Record<string, (...args: unknown[]) => Loose>>

/** As many arguments as most take, one, and more than most take. */
const given: Readonly<Record<string, (of: Arguments) => unknown[]>> = {
  "": ({ path, value }) => [path, value],
  " of a filter": ({ filter }) => [filter],
  " and more": ({ path, value, filter }) => [path, value, filter],
}

export const builderCalls: Calls = Object.fromEntries([
  ...builderSteps.flatMap((step) =>
    Object.entries(given).map(([name, argumentsOf]): [string, Call] => [
      `query.${step}${name}`,
      (target, of) => {
        const query = target.query() as unknown as Loose
        return query[step]?.(...argumentsOf(of))["toArray"]?.()
      },
    ]),
  ),
  ...builderEnds.map((end): [string, Call] => [
    `query.${end}`,
    (target, { value, update, options }) => {
      const query = target.query() as unknown as Loose
      return query["limit"]?.(value)[end]?.(update, options)
    },
  ]),
])
