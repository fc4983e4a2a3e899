import { describe, expect, test } from "vitest"
import { checkOptionTable, type OptionTable } from "./check-option-table.ts"
import { isSdkOptions, isText, isTrueOrFalse, isWholeNumber } from "./option-rules.ts"

const table: OptionTable = {
  backend: "Couch",
  rules: { url: isText, poolSize: isWholeNumber(1), tls: isTrueOrFalse, clientOptions: isSdkOptions },
  client: {
    rule: (value) => (value === "mine" ? undefined : "is a CouchClient"),
    options: ["poolSize"],
  },
  otherNames: { host: "url" },
  elsewhere: { names: ["keepAlive"], remedy: (name) => `sdk: { ${name} }` },
}

const unknownOption = "is no option of the Couch driver; there are url, poolSize, tls, clientOptions"

describe("checkOptionTable", () => {
  test.each<[object, readonly [path: string, problem: string][]]>([
    [{}, []],
    [{ url: "http://h", poolSize: 1, tls: false, clientOptions: {} }, []],
    [{ url: undefined, other: undefined }, []],
    [{ url: "" }, [["url", "is a text, not empty"]]],
    [{ poolSize: 0 }, [["poolSize", "is a whole number of at least 1"]]],
    [{ poolSize: 1.5 }, [["poolSize", "is a whole number of at least 1"]]],
    [{ tls: "yes" }, [["tls", "is true or false"]]],
    [{ clientOptions: null }, [["clientOptions", "is an object of the SDK's options"]]],
    [{ poolsize: 5 }, [["poolsize", "is no option of the Couch driver; did you mean poolSize?"]]],
    [{ host: "h" }, [["host", "is no option of the Couch driver; it is called url here"]]],
    [{ keepAlve: 1 }, [["keepAlve", "is no option of the Couch driver; did you mean sdk: { keepAlive }?"]]],
    [{ toString: 5 }, [["toString", unknownOption]]],
    [{ "mongodb://me:secret@h": 5 }, [["an option", unknownOption]]],
    [
      { url: 5, tls: 5 },
      [
        ["url", "is a text, not empty"],
        ["tls", "is true or false"],
      ],
    ],
    [{ client: "mine", poolSize: 5 }, []],
    [{ client: null }, [["client", "is a CouchClient"]]],
    [
      { client: "mine", poolSize: 0, url: "http://h" },
      [
        ["poolSize", "is a whole number of at least 1"],
        ["url", "has no effect on a client of your own: set it there"],
      ],
    ],
  ])("%j: %j", (options, problems) => {
    expect(checkOptionTable(options, table)).toEqual(problems.map(([path, problem]) => ({ path, problem })))
  })
})
