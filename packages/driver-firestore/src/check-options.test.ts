import { Firestore } from "@google-cloud/firestore"
import { describe, expect, test, vi } from "vitest"
import { checkOptions } from "./check-options.ts"
import type { FirestoreAddress, FirestoreOptions } from "./firestore-options.ts"

const key = JSON.stringify({ client_email: "a@b", private_key: "SECRET", project_id: "named" })

describe("checkOptions", () => {
  test.each<[object, string]>([
    [{ project: "x" }, "project"],
    [{ projectId: 5 }, "projectId"],
    [{ databaseId: "" }, "databaseId"],
    [{ preferRest: "yes" }, "preferRest"],
    [{ preferRest: true, emulatorHost: "127.0.0.1:8080" }, "preferRest"],
    [{ emulatorHost: "http://127.0.0.1:8080" }, "emulatorHost"],
    [{ emulatorHost: "127.0.0.1" }, "emulatorHost"],
    [{ emulatorHost: "127.0.0.1:99999" }, "emulatorHost"],
    [{ emulatorHost: "127.0.0.1:0" }, "emulatorHost"],
    [{ credentials: "{SECRET" }, "credentials"],
    [{ credentials: '{"private_key":"SECRET"}' }, "credentials"],
    [{ pathPrefix: "tenants" }, "pathPrefix"],
    [{ pathPrefix: "tenants//" }, "pathPrefix"],
    [{ pathPrefix: "tenants/.." }, "pathPrefix"],
    [{ collections: [] }, "collections"],
    [{ collections: new Map([["items", { path: "users/ada/items" }]]) }, "collections"],
    [{ collections: { items: "users/ada/items" } }, "collections"],
    [{ collections: { items: { path: "users/ada" } } }, "collections"],
    [{ collections: { items: { path: "users//items" } } }, "collections"],
    [{ collections: { items: { group: "users/ada/items" } } }, "collections"],
    [{ collections: { items: { group: "items", path: "items" } } }, "collections"],
    [{ collections: { items: { groups: "items" } } }, "collections"],
    [{ rampUp: "never" }, "rampUp"],
    [{ client: {} }, "client"],
  ])("%j: %s", (options, path) => {
    const problems = checkOptions(options as FirestoreAddress)
    expect(problems.map((problem) => problem.path)).toEqual([path])
    expect(JSON.stringify(problems)).not.toContain("SECRET")
  })

  test("an empty FIRESTORE_EMULATOR_HOST names no emulator, as the SDK has it", () => {
    vi.stubEnv("FIRESTORE_EMULATOR_HOST", "")
    expect(checkOptions({ preferRest: true })).toEqual([])
    vi.unstubAllEnvs()
  })

  test("a name that is no option: the nearest that is", () => {
    const [problem] = checkOptions({ projectid: "p" } as FirestoreAddress)
    expect(problem?.problem).toBe("is no option of the Firestore driver; did you mean projectId?")
  })

  test.each([
    ["host", "emulatorHost"],
    ["keyFilename", "credentials"],
    ["project", "projectId"],
    ["db", "databaseId"],
  ])("a name that %s has elsewhere: it is called %s here", (name, own) => {
    const [problem] = checkOptions({ [name]: "x" } as FirestoreAddress)
    expect(problem?.problem).toBe(`is no option of the Firestore driver; it is called ${own} here`)
  })

  test("a client of your own has its own settings, and a layout", () => {
    const client = new Firestore({ projectId: "p" })
    expect(checkOptions({ client, pathPrefix: "a/b", collections: { c: { group: "c" } } })).toEqual([])
    expect(checkOptions({ client, projectId: "p" } as FirestoreOptions)).toEqual([
      { path: "projectId", problem: "has no effect on a client of your own: set it there" },
    ])
  })

  test("nothing is wrong with none, and with all of them", () => {
    expect(checkOptions({})).toEqual([])
    const options = {
      projectId: "p",
      databaseId: "d",
      credentials: key,
      pathPrefix: "tenants/acme",
      collections: { items: { path: "users/ada/items" }, comments: { group: "comments" } },
      preferRest: true,
    }
    expect(checkOptions(options)).toEqual([])
  })
})
