import { FieldValue, type Firestore, GeoPoint, Timestamp } from "@google-cloud/firestore"
import { connect, type DocumentStore } from "@nosql/core"
import { firestore } from "@nosql/driver-firestore"
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest"
import { emulatorClient } from "./emulator-client.ts"

const emulatorHost = inject("firestoreHost")
const projectId = `demo-values-${process.pid}`
const micro = new Timestamp(1_700_000_000, 123_456_000)

describe.skipIf(emulatorHost === "")("values on the emulator", () => {
  let raw: Firestore
  let store: DocumentStore

  beforeAll(async () => {
    raw = emulatorClient(projectId, emulatorHost)
    store = await connect(firestore({ client: raw }), { scans: "allow" })
  })
  afterAll(async () => {
    await store?.close()
    await raw?.terminate()
  })

  const foreign: Record<string, () => unknown> = {
    geoPoint: () => new GeoPoint(1.5, -2),
    reference: () => raw.doc("others/o1"),
    vector: () => FieldValue.vector([1, 2.5]),
    nan: () => Number.NaN,
    infinity: () => Number.POSITIVE_INFINITY,
    huge: () => 1e300,
  }

  test.each(Object.entries(foreign))(
    "%s: read as a NativeValue, left alone by updates, copied as it is",
    async (name, make) => {
      // No vector lies in an array.
      const deep = (make: () => unknown, ...rest: number[]) =>
        name === "vector" ? { v: make(), list: rest } : { list: [make(), ...rest] }
      await raw.doc(`${name}/a`).set({ v: make(), deep: deep(make, 1), n: 1 })
      const things = store.collection<Record<string, unknown>>(name)
      const read = await things.get("a")
      expect(read?.["v"]).toMatchObject({ driver: "firestore" })
      await things.updateOne({ _id: "a" }, { $push: { "deep.list": 2 } } as never)
      await things.updateOne({ _id: "a" }, { $set: { w: read?.["v"] } } as never)
      const stored = (await raw.doc(`${name}/a`).get()).data()
      expect(stored).toEqual({ v: make(), w: make(), deep: deep(make, 1, 2), n: 1 })
      expect(await things.count({ v: read?.["v"] } as never)).toBe(1)
    },
  )

  test("int64 are read and written exactly, whatever the client's settings", async () => {
    const own = emulatorClient(projectId, emulatorHost, { useBigInt: true })
    for (const client of [raw, own]) {
      const store = await connect(firestore({ client }))
      const numbers = store.collection<Record<string, unknown>>("int64")
      const document = {
        _id: "a",
        max: 2n ** 63n - 1n,
        min: -(2n ** 63n),
        small: 5,
        half: 0.5,
        unsafe: 2 ** 60,
      }
      await numbers.deleteMany({})
      await numbers.insertOne(document)
      expect(await numbers.get("a")).toEqual({ ...document, unsafe: 2n ** 60n })
      await numbers.updateOne({ _id: "a" }, { $set: { small: 6 } })
      expect((await own.doc("int64/a").get()).get("max")).toBe(2n ** 63n - 1n)
      await store.close()
    }
    await own.terminate()
  })

  test("microseconds of other applications survive what does not touch them, in arrays, too", async () => {
    await raw
      .doc("times/a")
      .set({ at: micro, deep: { at: micro, n: 1 }, list: [micro, [].length, { at: micro }] })
    const times = store.collection<Record<string, unknown>>("times")
    const ms = new Date(1_700_000_000_123)
    expect(await times.get("a")).toEqual({
      _id: "a",
      at: ms,
      deep: { at: ms, n: 1 },
      list: [ms, 0, { at: ms }],
    })
    await times.updateOne({ _id: "a" }, { $inc: { "deep.n": 1 }, $push: { list: 7 } } as never)
    expect((await raw.doc("times/a").get()).data()).toEqual({
      at: micro,
      deep: { at: micro, n: 2 },
      list: [micro, 0, { at: micro }, 7],
    })
  })

  test("arrays in arrays, and maps that other applications made like our wrapping", async () => {
    const nested = store.collection<Record<string, unknown>>("nested")
    const document = { _id: "a", l: [[1, [2, []]], { l: [[3]] }, []], m: { n: [[new Date(0)]] } }
    await nested.insertOne(document)
    expect(await nested.get("a")).toEqual(document)
    await nested.updateOne({ _id: "a" }, { $push: { l: [4] } } as never)
    expect((await nested.get("a"))?.["l"]).toEqual([...document.l, [4]])
    await raw
      .doc("nested/b")
      .set({ l: [{ _nosql_array: [1], more: 2 }, { _nosql_array: 3 }], _nosql_array: [4] })
    expect(await nested.get("b")).toEqual({
      _id: "b",
      l: [{ _nosql_array: [1], more: 2 }, { _nosql_array: 3 }],
    })
  })

  test("names that trip others are plain data", async () => {
    const names = store.collection<Record<string, unknown>>("names")
    const document = {
      _id: "a",
      constructor: { name: "Moment" },
      toProto: "x",
      _toProto: { a: 1 },
      toDate: 1,
      "a b": 1,
      "~*/[]`": { "~*/[]`": 2 },
      valueType: "stringValue",
      stringValue: 5,
    }
    await names.insertOne(document)
    expect(await names.get("a")).toEqual(document)
    for (const field of ["constructor", "toString", "hasOwnProperty"]) {
      await names.insertOne({ _id: field, [field]: 1, n: 1 })
      await names.updateOne({ _id: field }, { $set: { [field]: 2 } } as never)
      await names.updateOne({ _id: field }, { $mul: { [field]: 2 }, $inc: { n: 1 } } as never)
      expect(await names.get(field)).toEqual({ _id: field, [field]: 4, n: 2 })
      await names.updateOne({ _id: field }, { $unset: { [field]: true } } as never)
      expect(await names.get(field)).toEqual({ _id: field, n: 2 })
    }
    await names.updateOne({ _id: "a" }, { $set: { "~*/[]`": 3, toProto: { toProto: 1 } } } as never)
    expect(await names.get("a")).toEqual({ ...document, "~*/[]`": 3, toProto: { toProto: 1 } })
  })
})
