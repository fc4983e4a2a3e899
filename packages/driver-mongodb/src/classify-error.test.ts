import { inspect } from "node:util"
import { type ErrorCode, NoSQLError } from "@nosql/contracts"
import * as sdk from "mongodb"
import { describe, expect, test } from "vitest"
import { classifyError } from "./classify-error.ts"

/** A value that must be told nowhere. */
const secret = "hunter2"

const said = (code: number, labels: string[] = [], message = `E: value ${secret}`) =>
  new sdk.MongoServerError({ message, code, errorLabels: labels })

/** Everything that a log could show of an error. */
function told(error: NoSQLError): string {
  return [error.message, inspect(error, { depth: 20 }), JSON.stringify(error), error.stack].join("\n")
}

describe("server errors by number", () => {
  // [number, code, retryable on a read, retryable on a write]: a write that may have been done is not repeated blindly.
  test.each<[number, ErrorCode, boolean, boolean]>([
    [2, "invalid-argument", false, false],
    [6, "unavailable", true, false],
    [13, "permission-denied", false, false],
    [14, "invalid-argument", false, false],
    [15, "invalid-argument", false, false],
    [18, "unauthenticated", false, false],
    [20, "failed-precondition", false, false],
    [26, "not-found", false, false],
    [27, "not-found", false, false],
    [28, "invalid-argument", false, false],
    [40, "invalid-argument", false, false],
    [43, "unavailable", true, true],
    [48, "already-exists", false, false],
    [50, "timeout", true, true],
    [59, "unsupported", false, false],
    [64, "timeout", true, false],
    [66, "invalid-argument", false, false],
    [79, "failed-precondition", false, false],
    [85, "failed-precondition", false, false],
    [86, "failed-precondition", false, false],
    [89, "timeout", true, false],
    [91, "unavailable", true, false],
    [100, "failed-precondition", false, false],
    [112, "conflict", true, true],
    [115, "unsupported", false, false],
    [121, "validation", false, false],
    [133, "unavailable", true, true],
    [146, "resource-exhausted", false, false],
    [175, "unavailable", true, true],
    [189, "unavailable", true, false],
    [237, "unavailable", true, true],
    [251, "conflict", true, true],
    [262, "timeout", true, false],
    [263, "unsupported", false, false],
    [292, "resource-exhausted", false, false],
    [462, "resource-exhausted", true, true],
    [9001, "unavailable", true, false],
    [10107, "unavailable", true, true],
    [10334, "invalid-argument", false, false],
    [11000, "already-exists", false, false],
    [11600, "unavailable", true, false],
    [11602, "unavailable", true, false],
    [13435, "unavailable", true, true],
    [13436, "unavailable", true, true],
    [17419, "invalid-argument", false, false],
    [99999, "unknown", false, false],
  ])("%i is %s", (number, code, onRead, onWrite) => {
    const cause = said(number)
    const read = classifyError(cause, "find", "users")
    const write = classifyError(cause, "updateOne", "users")
    expect(read).toMatchObject({
      code,
      retryable: onRead,
      operation: "find",
      collection: "users",
      backend: "mongodb",
    })
    expect(write).toMatchObject({ code, retryable: onWrite })
    expect(read.cause).toBe(cause)
    expect(write.message).toMatch(/^updateOne: ./)
    expect(told(read) + told(write)).not.toContain(secret)
  })

  test("Atlas has one number for much", () => {
    const code = (message: string) => classifyError(said(8000, [], message), "find").code
    expect(code("bad auth : authentication failed")).toBe("unauthenticated")
    expect(code("you are over your space quota")).toBe("resource-exhausted")
    expect(code("this is not allowed in this Atlas tier")).toBe("permission-denied")
  })

  test("a text search without a text index", () => {
    const error = classifyError(said(27, [], "text index required for $text query"), "find")
    expect(error).toMatchObject({
      code: "failed-precondition",
      message: expect.stringContaining("declare one"),
      retryable: false,
    })
  })

  test("a hint that no index answers to", () => {
    const message =
      "planner returned error :: caused by :: hint provided does not correspond to an existing index"
    expect(classifyError(said(2, [], message), "find")).toMatchObject({
      code: "invalid-argument",
      message: expect.stringContaining("hint"),
    })
  })

  test("an overloaded server may be asked again, whatever its number", () => {
    const error = classifyError(said(99998, ["SystemOverloadedError", "RetryableError"]), "find")
    expect(error).toMatchObject({ code: "resource-exhausted", retryable: true })
  })
})

describe("writes whose answer was lost", () => {
  const lost = (error: NoSQLError) => error.details["unknown"] === true

  test.each<[string, unknown, string, boolean]>([
    ["a broken connection", new sdk.MongoNetworkError("connection 1 to h closed"), "insertOne", true],
    ["a broken connection on a read", new sdk.MongoNetworkError("connection 1 to h closed"), "find", false],
    ["a silent server", new sdk.MongoNetworkTimeoutError("timed out"), "updateMany", true],
    ["no connection", new sdk.MongoNetworkError("refused", { beforeHandshake: true }), "insertOne", false],
    ["an interrupted write", said(11602), "updateOne", true],
    [
      "an interrupted write, said to have done nothing",
      said(11602, ["NoWritesPerformed"]),
      "updateOne",
      false,
    ],
    ["not the primary", said(10107), "updateMany", false],
    ["not the primary, after a first try", said(10107, ["RetryableWriteError"]), "updateOne", true],
    ["not the primary, twice", said(10107, ["RetryableWriteError", "NoWritesPerformed"]), "updateOne", false],
    ["one statement out of time", said(50), "updateOne", false],
    ["some statements out of time", said(50), "updateMany", true],
    ["a write conflict", said(112), "updateOne", false],
  ])("%s", (_, cause, operation, unknown) => {
    const error = classifyError(cause, operation)
    expect(lost(error)).toBe(unknown)
    if (unknown) {
      expect(error.retryable).toBe(false)
      expect(error.message).toContain("it may have been done")
    }
  })

  test("an unconfirmed write was made, and the message says so", () => {
    const result = { writeConcernError: { code: 64, errmsg: "waiting for replication timed out" }, ok: 1 }
    const error = classifyError(new sdk.MongoWriteConcernError(result), "insertOne")
    expect(error).toMatchObject({ code: "timeout", retryable: false, details: { unknown: true } })
    expect(error.message).toMatch(/made on the primary.*writeConcernW/)
    expect(error.message).not.toContain("may have been done")
  })
})

describe("errors of the SDK itself", () => {
  const bulk = (cause: Error) =>
    new sdk.MongoBulkWriteError(cause, { getWriteErrors: () => [] } as unknown as sdk.BulkWriteResult)
  const reason = (error: Error) => ({ error }) as unknown as sdk.TopologyDescription
  const below = (code: string, message = "") =>
    new sdk.MongoNetworkError(message, { cause: Object.assign(new Error(`${code} ${secret}`), { code }) })
  const selection = (error: Error) =>
    new sdk.MongoServerSelectionError("Server selection timed out", reason(error))
  class MongoWaitQueueTimeoutError extends sdk.MongoDriverError {
    override get name() {
      return "MongoWaitQueueTimeoutError"
    }
  }
  const waiting = new MongoWaitQueueTimeoutError(
    "Timed out while checking out a connection from connection pool",
  )

  test.each<[string, unknown, ErrorCode, boolean, RegExp]>([
    ["network", new sdk.MongoNetworkError("gone"), "unavailable", true, /connection broke/],
    ["network timeout", new sdk.MongoNetworkTimeoutError("slow"), "timeout", true, /socketTimeoutMs/],
    [
      "connect timeout",
      new sdk.MongoNetworkTimeoutError("slow", { beforeHandshake: true }),
      "unavailable",
      true,
      /connectTimeoutMs/,
    ],
    ["no server fits", selection(new Error("?")), "unavailable", true, /serverSelectionTimeoutMs/],
    ["refused", selection(below("ECONNREFUSED")), "unavailable", true, /ECONNREFUSED/],
    ["no such host", selection(below("ENOTFOUND")), "unavailable", true, /host name/],
    [
      "silent host",
      selection(new sdk.MongoNetworkTimeoutError("timed out")),
      "unavailable",
      true,
      /connectTimeoutMs/,
    ],
    [
      "self-signed certificate",
      selection(below("DEPTH_ZERO_SELF_SIGNED_CERT")),
      "unavailable",
      false,
      /certificate.*tlsCAFile/,
    ],
    [
      "certificate of another host",
      selection(below("ERR_TLS_CERT_ALTNAME_INVALID")),
      "unavailable",
      false,
      /certificate/,
    ],
    ["TLS at one end", selection(below("EPROTO")), "unavailable", true, /TLS/],
    [
      "SRV look-up",
      Object.assign(new Error(`querySrv ENOTFOUND ${secret}`), { code: "ENOTFOUND" }),
      "unavailable",
      true,
      /host name/,
    ],
    ["wait queue", waiting, "timeout", true, /maxPoolSize/],
    ["not connected", new sdk.MongoNotConnectedError("x"), "closed", false, /closed/],
    ["closed client", new sdk.MongoClientClosedError(), "closed", false, /closed/],
    ["parse", new sdk.MongoParseError(secret), "config", false, /options/],
    ["missing credentials", new sdk.MongoMissingCredentialsError(secret), "config", false, /credentials/],
    [
      "missing package",
      new sdk.MongoMissingDependencyError(secret, { dependencyName: "kerberos", cause: new Error("x") }),
      "config",
      false,
      /npm install kerberos/,
    ],
    ["OIDC", new sdk.MongoOIDCError(secret), "unauthenticated", false, /credentials/],
    ["too old a server", new sdk.MongoCompatibilityError(secret), "unsupported", false, /server/],
    ["argument", new sdk.MongoInvalidArgumentError(secret), "invalid-argument", false, /refused/],
    ["expired session", new sdk.MongoExpiredSessionError(), "closed", false, /closed while/],
    ["BSON", new sdk.BSON.BSONError(secret), "invalid-argument", false, /BSON/],
    ["BSON of another version", new sdk.BSON.BSONVersionError(), "invalid-argument", false, /_bsontype/],
    [
      "larger than the buffer",
      new RangeError('The value of "offset" is out of range'),
      "invalid-argument",
      false,
      /16 MiB/,
    ],
    ["another RangeError", new RangeError("Maximum call stack size exceeded"), "unknown", false, /cause/],
    ["abort", new DOMException(secret, "AbortError"), "aborted", false, /signal/],
    ["a stranger", new Error(secret), "unknown", false, /cause/],
    ["no error at all", secret, "unknown", false, /cause/],
    ["nothing", undefined, "unknown", false, /cause/],
    // The bulk API wraps them all in one class.
    [
      "bulk: network",
      bulk(new sdk.MongoNetworkError("connection 2 to h closed")),
      "unavailable",
      true,
      /connection broke/,
    ],
    [
      "bulk: network timeout",
      bulk(new sdk.MongoNetworkTimeoutError("connection 2 to h timed out")),
      "timeout",
      true,
      /socketTimeoutMs/,
    ],
    [
      "bulk: selection",
      bulk(selection(below("ECONNREFUSED"))),
      "unavailable",
      true,
      /serverSelectionTimeoutMs/,
    ],
    ["bulk: wait queue", bulk(waiting), "timeout", true, /maxPoolSize/],
    ["bulk: server", bulk(said(13)), "permission-denied", false, /role/],
  ])("%s", (_, cause, code, retryable, text) => {
    const error = classifyError(cause, "find")
    expect(error).toMatchObject({ code, retryable })
    expect(error.message).toMatch(text)
    expect(error.cause).toBe(cause)
    expect(told(error)).not.toContain(secret)
  })

  test("the caller's signal: its reason can be anything", () => {
    const signal = AbortSignal.abort(new Error(secret))
    const error = classifyError(signal.reason, { operation: "updateOne", signal })
    expect(error).toMatchObject({ code: "aborted", details: { unknown: true } })
    expect(told(error)).not.toContain(secret)
    expect(classifyError(said(13), { operation: "find", signal }).code).toBe("permission-denied")
  })

  test("our own error passes as it is", () => {
    const error = new NoSQLError("aborted", "find: aborted")
    expect(classifyError(error, "find")).toBe(error)
  })

  test("labels stay reachable by the cause", () => {
    const { cause } = classifyError(said(251, ["TransientTransactionError"]), "find")
    expect((cause as sdk.MongoError).hasErrorLabel("TransientTransactionError")).toBe(true)
  })

  test("another copy of the SDK: errors are known by name", () => {
    class MongoServerError extends Error {
      override readonly name = "MongoServerError"
      readonly code = 13
    }
    expect(classifyError(new MongoServerError("x"), "find").code).toBe("permission-denied")
  })
})

describe("duplicate keys", () => {
  const message = (index: string) =>
    `E11000 duplicate key error collection: db.users index: ${index} dup key: { email: "${secret}", "a: 1, b: ${secret} }`
  const inBulk = (index: string) =>
    new sdk.MongoBulkWriteError(
      {
        message: message(index),
        code: 11000,
        writeErrors: [{ code: 11000, index: 0, errmsg: message(index) } as sdk.WriteError],
      },
      {} as sdk.BulkWriteResult,
    )
  const declared = {
    name: "users",
    indexes: [{ name: "mail", keys: [{ path: ["contact", "mail"], direction: 1 as const }], unique: true }],
  }
  const withPattern = new sdk.MongoServerError({
    message: message("mail"),
    code: 11000,
    keyPattern: { "a.b": 1, c: -1 },
  })
  const unconfirmed = new sdk.MongoWriteConcernError({
    ok: 1,
    writeConcernError: { code: 100, errmsg: "Not enough data-bearing nodes" },
    writeErrors: [{ index: 0, code: 11000, errmsg: message("email_1"), keyPattern: { email: 1 } }],
  })

  test.each<[string, unknown, string, string[]]>([
    ["by the server's data", withPattern, "mail", ["a.b", "c"]],
    ["by the server's text", inBulk("email_1"), "email_1", ["email"]],
    ["of several paths", inBulk("a.b_1_user_id_-1"), "a.b_1_user_id_-1", ["a.b", "user_id"]],
    ["of the id", inBulk("_id_"), "_id_", ["_id"]],
    ["by the declaration", inBulk("mail"), "mail", ["contact.mail"]],
    ["of an index with a name of its own", inBulk("other name"), "other name", []],
    ["of an old server", inBulk("db.users.$email_1"), "email_1", ["email"]],
    ["behind a write concern error", unconfirmed, "email_1", ["email"]],
  ])("%s", (_, cause, index, paths) => {
    const error = classifyError(cause, "updateMany", declared)
    expect(error).toMatchObject({
      code: "already-exists",
      collection: "users",
      details: { index, paths },
      retryable: false,
    })
    expect(error.path).toBe(paths[0])
    expect(error.message).toContain(`index "${index}"`)
    expect(told(error)).not.toContain(secret)
  })

  test("an index that cannot be built says so", () => {
    const cause = said(11000, [], `Index build failed: ${message("email_1")}`)
    expect(classifyError(cause, "insertOne").message).toMatch(/already share a value.*email_1/)
  })
})

describe("a refused change names its path", () => {
  const number = "Cannot apply $inc to a value of non-numeric type. {_id: 1} has the field 'b' of type string"
  test.each<[string, string, readonly string[], string | undefined]>([
    ["by its last segment", number, ["x.c", "a.b"], "a.b"],
    ["whole", "The field 'a.b' must be an array but is of type int", ["x.b", "a.b"], "a.b"],
    ["by what led nowhere", "Failed to create the field 'a' within {a : 5}", ["a.b.c", "x.y"], "a.b.c"],
    ["as the only one", "Cannot apply $pull to a non-array value", ["a.b"], "a.b"],
    ["not where it could be several", number, ["x.b", "a.b"], undefined],
    ["not where it could be a shorter one", number, ["b", "a.b"], undefined],
    ["not where none of several is quoted", "Cannot apply $pull to a non-array value", ["a", "b"], undefined],
  ])("%s", (_, text, changed, path) => {
    const error = classifyError(said(14, [], text), "updateOne", "users", changed)
    expect(error).toMatchObject({ code: "invalid-argument", path })
    expect(error.message.startsWith(path === undefined ? "updateOne: " : `updateOne at "${path}": `)).toBe(
      true,
    )
  })
})
