import type { Filter } from "@nosql/contracts"
import { describe, expect, test } from "vitest"
import { parseFilter } from "../parse/parse-filter.ts"
import { spec } from "./spec.ts"
import { Specification } from "./specification.ts"

interface User {
  name: string
  age?: number
  status: "active" | "gone"
  born: Date
  roles: string[]
  address?: { city: string }
}

const user = spec<User>()
const context = { operation: "find" }
const node = (filter: unknown) => parseFilter(filter, context)

class Active extends Specification<User> {
  toFilter(): Filter<User> {
    return { status: "active" }
  }
}

class OlderThan extends Specification<User> {
  readonly years: number
  constructor(years: number) {
    super()
    this.years = years
  }
  toFilter(): Filter<User> {
    return user.gt("age", this.years)
  }
}

const ada: User = {
  name: "Ada",
  age: 36,
  status: "active",
  born: new Date("1815-12-10"),
  roles: ["admin", "author"],
  address: { city: "London" },
}

describe("spec", () => {
  test.each<[string, Specification<User>, Filter<User>]>([
    ["eq", user.eq("name", "Ada"), { name: { $eq: "Ada" } }],
    ["eq null", user.eq("age", null), { age: null }],
    ["ne", user.ne("name", "Ada"), { name: { $ne: "Ada" } }],
    ["gt", user.gt("age", 1), { age: { $gt: 1 } }],
    ["gte", user.gte("born", new Date(0)), { born: { $gte: new Date(0) } }],
    ["lt", user.lt("_id", "x"), { _id: { $lt: "x" } }],
    ["lte", user.lte("age", 5n), { age: { $lte: 5n } }],
    ["between", user.between("age", 1, 9), { age: { $gte: 1, $lte: 9 } }],
    ["in", user.in("status", ["active", null]), { status: { $in: ["active", null] } }],
    ["nin", user.nin("name", []), { name: { $nin: [] } }],
    ["exists", user.exists("address.city"), { "address.city": { $exists: true } }],
    ["does not exist", user.exists("age", false), { age: { $exists: false } }],
    ["contains", user.contains("roles", "admin"), { roles: { $contains: "admin" } }],
    ["startsWith", user.startsWith("address.city", "L"), { "address.city": { $startsWith: "L" } }],
    ["matches", user.matches("name", "^a", "i"), { name: { $regex: "^a", $options: "i" } }],
    ["where", user.where({ age: { $mod: [2, 0] } }), { age: { $mod: [2, 0] } }],
  ])("%s says what the filter says", (_, specification, filter) => {
    expect(node({ $and: [specification] })).toEqual(node({ $and: [{ $and: [filter] }] }))
  })

  test("an operand is never code", () => {
    const body = { password: { $ne: null } } as unknown as { password: string }
    expect(() => user.eq("name", body.password)).toThrow(
      'spec.eq at "name.$ne": a field name does not begin with $',
    )
    expect(() => user.in("name", [body.password])).toThrow("spec.in")
  })

  test("mistakes are told by the method and the path", () => {
    expect(() => user.gt("age", true as never)).toThrow(
      'spec.gt at "age": $gt takes a number, a bigint, a string or a Date',
    )
    expect(() => user.matches("name", "(?=x)")).toThrow('spec.matches at "name.$regex"')
    expect(() => user.in("name", "Ada" as never)).toThrow('spec.in at "name": $in takes an array')
  })
})

describe("W16: composition by and, or, not", () => {
  test("of classes, made ones and filters, to any depth", () => {
    const specification = new Active().and(
      new OlderThan(30).or({ name: "Bob" }),
      user.eq("age", 5).and(user.ne("age", 6)).not(),
    )
    expect(specification.isSatisfiedBy(ada)).toBe(true)
    expect(specification.isSatisfiedBy({ ...ada, age: 5 })).toBe(false)
    expect(specification.isSatisfiedBy({ ...ada, age: 5, name: "Bob" })).toBe(false)
    expect(specification.isSatisfiedBy({ ...ada, age: 7, name: "Bob" })).toBe(true)
    expect(specification.isSatisfiedBy({ ...ada, status: "gone" })).toBe(false)
  })

  test("a chain is one level, however long; empty groups mean what they say", () => {
    const ages = Array.from({ length: 100 }, (_, age) => user.eq("age", age))
    const chain = ages.reduce((one, other) => one.or(other))
    expect(node(chain)).toMatchObject({ kind: "or", filters: { length: 100 } })
    expect(chain.isSatisfiedBy(ada)).toBe(true)
    expect(user.and().isSatisfiedBy(ada)).toBe(true)
    expect(user.or().isSatisfiedBy(ada)).toBe(false)
  })

  test("no composition changes its parts", () => {
    const adult = user.gte("age", 18)
    const before = adult.toJSON()
    adult.and({ name: "x" })
    adult.or({ name: "x" })
    adult.not()
    expect(adult.toJSON()).toEqual(before)
  })

  test("toFilter is called for each use", () => {
    let least = 40
    class AtLeast extends Specification<User> {
      toFilter(): Filter<User> {
        return { age: { $gte: least } }
      }
    }
    const specification = new AtLeast().and(new Active())
    expect(specification.isSatisfiedBy(ada)).toBe(false)
    least = 30
    expect(specification.isSatisfiedBy(ada)).toBe(true)
  })
})

describe("W15: the complement of anything", () => {
  test.each<[string, Specification<User>, boolean]>([
    ["a comparison", user.gt("age", 40), false],
    ["a comparison of what is missing", user.gt("address.city", "A"), true],
    ["an and", user.gt("age", 30).and({ status: "gone" }), false],
    ["an or", user.gt("age", 40).or({ status: "active" }), true],
    ["a complement", user.gt("age", 30).not(), false],
    ["a class", new Active(), true],
  ])("of %s", (_, specification, holds) => {
    expect(specification.isSatisfiedBy(ada)).toBe(holds)
    expect(specification.not().isSatisfiedBy(ada)).toBe(!holds)
    expect(specification.not().not().isSatisfiedBy(ada)).toBe(holds)
    const { address: _address, age: _age, ...bare } = ada
    expect(specification.not().isSatisfiedBy(bare)).toBe(!specification.isSatisfiedBy(bare))
  })
})

describe("isSatisfiedBy", () => {
  test("judges an entity by the form in which it would be stored", () => {
    expect(user.exists("age", false).isSatisfiedBy({ ...ada, age: undefined } as never)).toBe(true)
    expect(user.eq("age", 36).isSatisfiedBy({ ...ada, age: 36n } as never)).toBe(true)
    expect(spec<{ _id: string }>().eq("_id", "x").isSatisfiedBy({ _id: "x" })).toBe(true)
  })

  test("takes an instance of a class by its own fields, and leaves it alone", () => {
    class Member {
      name = "Ada"
      get age() {
        return 36
      }
    }
    const member = new Member()
    const { name, age } = { name: spec<Member>().eq("name", "Ada"), age: spec<Member>().eq("age", 36) }
    expect([name.isSatisfiedBy(member), age.isSatisfiedBy(member)]).toEqual([true, false])
    expect(Object.isFrozen(member)).toBe(false)
  })

  test("refuses what it cannot judge", () => {
    const text = user.where({ $text: { $search: "x" } })
    expect(() => text.isSatisfiedBy(ada)).toThrow(
      expect.objectContaining({ code: "unsupported", message: expect.stringContaining("$text") }),
    )
    expect(() => user.eq("name", "x").isSatisfiedBy(null as never)).toThrow("takes an entity")
    expect(() => user.eq("name", "x").isSatisfiedBy({ ...ada, name: () => "Ada" } as never)).toThrow(
      'isSatisfiedBy at "name": a function cannot be stored',
    )
  })
})

describe("what cannot become a query is refused by name", () => {
  test("a class whose filter is wrong", () => {
    class Typo extends Specification<User> {
      toFilter(): Filter<User> {
        return { age: { $gte: 18, $foo: 1 } } as never
      }
    }
    class Nothing extends Specification<User> {
      toFilter(): Filter<User> {
        return (() => true) as never
      }
    }
    class Asynchronous extends Specification<User> {
      toFilter(): Filter<User> {
        return Promise.resolve({}) as never
      }
    }
    // @ts-expect-error the compiler asks for toFilter
    class Unwritten extends Specification<User> {}
    class Itself extends Specification<User> {
      toFilter(): Filter<User> {
        return this as never
      }
    }
    expect(() => node(new Typo())).toThrow('find (Typo) at "age.$foo": unknown operator $foo')
    expect(() => node({ $or: [new Active().and(new Typo())] })).toThrow("find (Typo)")
    expect(() => node(new Nothing())).toThrow("find (Nothing): a filter is a plain object")
    expect(() => node(new Asynchronous())).toThrow("find (Asynchronous): Promise is no filter")
    expect(() => node(new Unwritten())).toThrow(
      "find (Unwritten): cannot become a query: the specification has no toFilter()",
    )
    expect(() => node(new Itself())).toThrow("nested deeper than 32 levels")
  })

  test("somebody else's specification", () => {
    class PredicateOnly {
      isSatisfiedBy() {
        return true
      }
    }
    expect(() => node(new PredicateOnly())).toThrow(
      "find: PredicateOnly is no filter: a filter is a plain object, or of a class that extends Specification and has toFilter()",
    )
    expect(() => new Active().and(new PredicateOnly() as never).isSatisfiedBy(ada)).toThrow("PredicateOnly")
  })

  test("one that looks into elements", () => {
    expect(() => node({ items: { $elemMatch: { $and: [user.eq("name", "x")] } } })).toThrow(
      "a parsed filter is over documents, not over elements",
    )
  })
})
