import { describe, expect, test } from "vitest"
import { redactText, redactValue, secretsIn } from "./redact.ts"

describe("a value as it may be shown", () => {
  test.each([
    ["uri", "mongodb://ada:pa%40ss@h1,h2/db", "mongodb://***@h1,h2/db"],
    ["uri", "mongodb://token-only@h", "mongodb://***@h"],
    // A password that should have been encoded: too much is hidden rather than too little.
    ["uri", "mongodb://ada:p/a?s@s@h/db", "mongodb://***@h/db"],
    ["uri", "mongodb://app:my secret@h/shop", "mongodb://***@h/shop"],
    ["uri", "mongodb://app:a/b c?d\n@e@h/shop?w=1", "mongodb://***@h/shop?w=1"],
    ["uri", "mongodb://h/?accessToken=a b&w=1", "mongodb://h/?accessToken=***&w=1"],
    [
      "uri",
      "mongodb://h/?authMechanismProperties=AWS_SESSION_TOKEN:abc&w=1",
      "mongodb://h/?authMechanismProperties=***&w=1",
    ],
    [
      "uri",
      "mongodb://h/?tlsCertificateKeyFilePassword=abc",
      "mongodb://h/?tlsCertificateKeyFilePassword=***",
    ],
    ["uri", "mongodb://h/?w=majority", "mongodb://h/?w=majority"],
    ["password", "abc", "***"],
    ["secretAccessKey", "abc", "***"],
    ["credentialsJson", '{"private_key":"x"}', "***"],
    ["apiKey", ["abc"], "***"],
    // Names that only sound like it (the predecessor hid this one, and showed the URI).
    ["authSource", "admin", "admin"],
    ["keyspace", "shop", "shop"],
    ["retry", { max: 3, password: "abc" }, { max: 3, password: "***" }],
    ["client", new Map([["password", "abc"]]), "(object)"],
    ["provider", () => "abc", "(function)"],
    ["max", 3, 3],
  ])("%s: %j", (name, value, shown) => expect(redactValue(value, name, {})).toEqual(shown))

  test("what the schema calls a secret is one, whatever its name", () => {
    expect(redactValue({ pin: 1 }, "code", { writeOnly: true })).toBe("***")
    expect(redactValue({ pin: "1234" }, "x", { properties: { pin: { writeOnly: true } } })).toEqual({
      pin: "***",
    })
  })
})

describe("a driver's message", () => {
  test("loses what its block holds in secret, encoded or not, and any address's credentials", () => {
    const block = {
      uri: "mongodb://ada:p%40ss@h/db",
      apiKey: "k-1",
      nested: { tokens: ["t-1", "t-2"] },
      name: "shop",
    }
    const secrets = secretsIn(block, "block", {})
    const message =
      "shop: no route to mongodb://ada:p%40ss@h/db, user ada, password p@ss, k-1, t-2, at other://x:y@z"
    expect(redactText(message, secrets)).toBe(
      "shop: no route to mongodb://***@h/db, user ada, password ***, ***, ***, at other://***@z",
    )
  })

  test("loses a password that has a space, alone, in its address, and in one of several addresses", () => {
    const secrets = secretsIn(
      { uri: "mongodb://my app:my secret@h/db?appName=a@b", hosts: "a://ada:pass1@h b://bob:pass2@h" },
      "block",
      {},
    )
    expect(redactText("no route to mongodb://my app:my secret@h/db: my secret, pass1, pass2", secrets)).toBe(
      "no route to mongodb://***@h/db: ***, ***, ***",
    )
  })
})
