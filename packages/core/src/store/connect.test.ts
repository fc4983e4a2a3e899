import { expect, test } from "vitest"
import { defineCollection } from "../declaration/define-collection.ts"
import { connect } from "./connect.ts"

const driver = {
  name: "none",
  capabilities: {} as never,
  connect: () => Promise.reject(new Error("it was opened")),
}

test.each([
  [
    "a driver's function that was not called",
    () => connect((() => driver) as never),
    /connect: takes a driver, such as memory\(\)/,
  ],
  ["no driver", () => connect(undefined as never), /takes a driver/],
  ["no options", () => connect(driver, "refuse" as never), /options are an object/],
  [
    "an option that is none",
    () => connect(driver, { scan: "refuse" } as never),
    /at "scan": is not known here; known are scans, /,
  ],
  [
    "a policy that is none",
    () => connect(driver, { scans: "no" as never }),
    /at "scans": is one of "allow", "warn", "refuse"/,
  ],
  [
    "a provision that is none",
    () => connect(driver, { provision: "yes" as never }),
    /at "provision": is one of "auto", /,
  ],
  [
    "no room at all",
    () => connect(driver, { maxBufferedDocuments: 0 }),
    /at "maxBufferedDocuments": takes a whole/,
  ],
  [
    "an empty secret",
    () => connect(driver, { cursorSecret: "" }),
    /at "cursorSecret": takes a text, not empty/,
  ],
  [
    "a function for a logger",
    () => connect(driver, { logger: (() => {}) as never }),
    /at "logger": takes a logger with warn/,
  ],
])("%s is refused before anything is opened", async (_, call, message) => {
  await expect(call()).rejects.toMatchObject({
    code: "invalid-argument",
    message: expect.stringMatching(message),
  })
})

test.each([
  [{ index: [] }, /at "index": is not known here; known are fields, indexes, ttl,/],
  [
    { indexes: [{ keys: { a: 1 }, uniqe: true }] },
    /at "indexes\[0\]\.uniqe": is not known here; known are keys, name, unique/,
  ],
  [
    { ttl: { field: "at", expireAfterSeconds: 60 } },
    /at "ttl.expireAfterSeconds": is not known here; known are field, afterSeconds/,
  ],
])("a description with a typing mistake is refused: %j", (options, message) => {
  expect(() => defineCollection("users", options as never)).toThrow(message)
})
