import fc, { type Arbitrary } from "fast-check"

/** Thrown by traps and getters of our own: what a caller's object throws is the caller's, and may come back as it is. */
export class Planted extends Error {
  override readonly name = "Planted"
}

function fails(): never {
  throw new Planted("planted")
}

/** Keys that mean something to somebody: operators, prototypes, positions, reserved and impossible names. */
export const hostileKey: Arbitrary<string> = fc.constantFrom(
  ..."$eq $ne $gt $in $nin $exists $not $and $or $nor $type $regex $options $startsWith $contains $containsAny $all $size $elemMatch $mod $text".split(
    " ",
  ),
  ..."$set $unset $inc $mul $min $max $rename $currentDate $setOnInsert $push $addToSet $pull $pop $each $position $slice $sort".split(
    " ",
  ),
  ..."$where $expr $function $accumulator $jsonSchema $comment $natural $bit $pullAll $pushAll $search $native $date $bigint $binary $object".split(
    " ",
  ),
  ..."__proto__ constructor prototype toString valueOf hasOwnProperty toJSON then _id _id.x _nosql _nosqlx __x__ length 0 -1 1e3".split(
    " ",
  ),
  ..."n s tags o items.0.n a.$ a.$[] a.$[x] $ $$ROOT $.a a..b .a a. . .. filter document update upsert sort insertOne updateOne deleteMany".split(
    " ",
  ),
  "",
  " ",
  "\0",
  "a\0b",
  "\uD800",
  "\u{1F600}",
  "x".repeat(70_000),
  Array.from({ length: 3000 }, () => "a").join("."),
)

/** `make` applied over and over: deeper than a call stack is. */
function nest(depth: number, make: (inner: unknown) => unknown): unknown {
  let value: unknown = 1
  for (let i = 0; i < depth; i++) value = make(value)
  return value
}

function circle(): unknown {
  const object: Record<string, unknown> = { n: 1 }
  object["self"] = object
  return object
}

function circularArray(): unknown {
  const array: unknown[] = []
  array.push(array)
  return { $and: array, $in: array }
}

class Person {
  name = "Ada"
  get age(): number {
    return fails()
  }
}

const depth = 6000
const deep = {
  deepObject: nest(depth, (inner) => ({ a: inner })),
  deepArray: nest(depth, (inner) => [inner]),
  deepAnd: nest(depth, (inner) => ({ $and: [inner] })),
  deepOr: nest(depth, (inner) => ({ $or: [inner, { n: 1 }] })),
  deepNot: nest(depth, (inner) => ({ $not: inner })),
  deepNor: nest(300, (inner) => ({ $nor: [inner] })),
  deepElemMatch: nest(depth, (inner) => ({ $elemMatch: inner })),
  wide: Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`k${i}`, i])),
}

/** Made anew for each use: some are changed by being used. */
const oddities: Readonly<Record<string, () => unknown>> = {
  circle,
  circularArray,
  ownProto: () => JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  deepProto: () => JSON.parse('{"$set":{"__proto__.polluted":1,"constructor.prototype.polluted":1}}'),
  nullPrototype: () => Object.assign(Object.create(null), { n: 1 }),
  inherits: () => Object.create({ n: 1 }),
  instance: () => new Person(),
  regExp: () => /(a+)+$/,
  map: () => new Map([["n", 1]]),
  set: () => new Set([1]),
  promise: () => Promise.resolve({ n: 1 }),
  // biome-ignore lint/suspicious/noThenProperty: what looks like a promise is one of the things that are handed over
  thenable: () => ({ then: (resolve: (value: unknown) => void) => resolve(1) }),
  error: () => new Error("x"),
  url: () => new URL("http://localhost"),
  buffer: () => Buffer.from("x"),
  arrayBuffer: () => new ArrayBuffer(4),
  floats: () => new Float64Array(2),
  boxed: () => Object("text"),
  invalidDate: () => new Date(Number.NaN),
  sparse: () => new Array(3),
  longSparse: () => {
    const array: unknown[] = []
    array[50_000] = 1
    return array
  },
  arrayWithFields: () => Object.assign([1], { $gt: 1 }),
  toJson: () => ({ toJSON: () => ({ $gt: 1 }) }),
  symbolKey: () => ({ [Symbol("s")]: 1 }),
  hidden: () => Object.defineProperty({}, "n", { value: 1, enumerable: false }),
  getter: () => Object.defineProperty({}, "n", { get: fails, enumerable: true }),
  operatorGetter: () => Object.defineProperty({}, "$gt", { get: fails, enumerable: true }),
  throwingProxy: () => new Proxy({}, { ownKeys: fails, get: fails, getPrototypeOf: fails }),
  lyingProxy: () =>
    new Proxy(
      {},
      {
        ownKeys: () => ["n"],
        getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }),
      },
    ),
  changingGetter: () => {
    let reads = 0
    return {
      get n() {
        return reads++ === 0 ? 1 : { $gt: 1 }
      },
    }
  },
  frozen: () => Object.freeze({ n: Object.freeze([1]) }),
  native: () => ({ driver: "memory", type: "x", text: "y" }),
  bson: () => ({ _bsontype: "ObjectId", id: "x" }),
  function: () => () => 1,
  classItself: () => Person,
  symbol: () => Symbol("x"),
  nan: () => Number.NaN,
  infinity: () => Number.POSITIVE_INFINITY,
  huge: () => 1e300,
  tiny: () => 1e-300,
  minusZero: () => -0,
  hugeBigint: () => 10n ** 100n,
  loneSurrogate: () => "\uDC00x",
  longText: () => "(".repeat(100_000),
  evilPattern: () => "(a*)*b",
  undefined: () => undefined,
}

const oddity: Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...Object.values(oddities)).map((make) => make()) },
  { weight: 1, arbitrary: fc.constantFrom(...Object.values(deep)) },
)

const anything: Arbitrary<unknown> = fc.anything({
  key: hostileKey,
  maxDepth: 3,
  maxKeys: 4,
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  withObjectString: true,
  withSparseArray: true,
  withTypedArray: true,
})

/** Whatever JavaScript can hand over. */
export const garbage: Arbitrary<unknown> = fc.oneof(
  { weight: 2, arbitrary: oddity },
  { weight: 1, arbitrary: anything },
)
