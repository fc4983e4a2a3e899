import type { Collection, Document, Filter } from "@nosql/contracts"
import { describe, expectTypeOf, test } from "vitest"
import { defineCollection } from "../declaration/define-collection.ts"
import { path } from "../parse/path.ts"
import { spec } from "./spec.ts"
import { Specification } from "./specification.ts"

interface Person {
  name: string
  age?: number
}
interface Employee extends Person {
  salary: number
  status: "active" | "gone"
  hired: Date
  tags: string[]
  address: { city: string }
}
type Alias = { name: string }

declare const employees: Collection<Employee>
declare const aliases: Collection<Alias>
declare const documents: Collection<Document>

class Adult extends Specification<Person> {
  toFilter(): Filter<Person> {
    return { age: { $gte: 18 } }
  }
}
class Rich extends Specification<Employee> {
  toFilter(): Filter<Employee> {
    return spec.and(spec.gt("salary", 100), spec.eq("address.city", "Rome"), { tags: { $size: 1 } })
  }
}

describe("specifications by typed paths", () => {
  test("stand wherever a filter does", () => {
    const employee = spec<Employee>()
    employees.find(new Rich())
    employees.count({ $or: [new Rich(), { status: "gone" }] })
    employees.query().andWhere(new Rich(), new Adult())
    employees.updateMany(employee.in("status", ["active"]), { $inc: { salary: 1 } })
    documents.find(spec<Document>().eq("a.b", 5))
    expectTypeOf(new Rich().and({ salary: 5 }, new Adult()).not()).toEqualTypeOf<Specification<Employee>>
    expectTypeOf(spec(defineCollection<Employee>("e")).eq("salary", 5).isSatisfiedBy)
      .parameter(0)
      .toEqualTypeOf<Employee>()
  })

  test("what holds of persons can be asked of employees, not the other way round", () => {
    employees.find(new Adult())
    employees.find(spec<Person>().eq("name", "Ada"))
    // @ts-expect-error persons have no salary
    aliases.find(new Rich())
    // @ts-expect-error nor has their specification
    new Adult().and(new Rich())
  })

  test("the place says what the documents are", () => {
    employees.find(spec.between("hired", new Date(0), new Date()))
    employees.find(spec.or(spec.contains("tags", "x"), spec.not(spec.exists("age"))))
    employees.find(spec.eq(path("a.b.c.d.e"), 5))
    // @ts-expect-error no such path
    employees.find(spec.eq("salry", 5))
    // @ts-expect-error the path's type
    employees.find(spec.and(spec.eq("salary", "5")))
    // @ts-expect-error nothing says whose salary: spec<Employee>()
    spec.eq("salary", 5).and({ status: "active" })
  })

  test("mistakes do not compile", () => {
    const employee = spec<Employee>()
    // @ts-expect-error no such path
    employee.eq("nmae", "Ada")
    // @ts-expect-error no such nested path
    employee.eq("address.town", "Rome")
    // @ts-expect-error the path's type
    employee.eq("salary", "5")
    // @ts-expect-error not of the union
    employee.in("status", ["lost"])
    // @ts-expect-error arrays have no order
    employee.gt("tags", ["a"])
    // @ts-expect-error a date is compared with a date
    employee.between("hired", 5, 6)
    // @ts-expect-error a scalar contains nothing
    employee.contains("name", "A")
    // @ts-expect-error the element's type
    employee.contains("tags", 5)
    // @ts-expect-error a number has no prefix
    employee.startsWith("salary", "5")
    // @ts-expect-error operators are no values
    employee.eq("name", { $ne: null })
    // @ts-expect-error no such path in a filter among specifications
    employee.eq("salary", 5).and({ salry: 5 })
    // @ts-expect-error a filter says $and
    employees.find({ salary: 5, and: [] })
    // @ts-expect-error an object that can do the same is no specification
    employees.find({ toFilter: () => ({}) })
    // @ts-expect-error the entity's type
    new Rich().isSatisfiedBy({ name: "Ada" })
    // @ts-expect-error toFilter has to be written
    class Unwritten extends Specification<Employee> {}
    expectTypeOf(Unwritten).toBeObject
  })
})
