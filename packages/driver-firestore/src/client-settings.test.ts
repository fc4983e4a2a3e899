import { expect, test } from "vitest"
import { clientSettings } from "./client-settings.ts"

const key = JSON.stringify({ client_email: "a@b", private_key: "SECRET", project_id: "named" })

test("settings of the SDK's client", () => {
  expect(clientSettings({ credentials: key })).toEqual({
    projectId: "named",
    databaseId: "(default)",
    credentials: { client_email: "a@b", private_key: "SECRET" },
  })
  expect(clientSettings({ credentials: key, projectId: "p" })).toMatchObject({ projectId: "p" })
  expect(clientSettings({ credentials: "/key.json", preferRest: true })).toEqual({
    databaseId: "(default)",
    keyFilename: "/key.json",
    preferRest: true,
  })
  expect(clientSettings({ credentials: "default" })).toEqual({ databaseId: "(default)" })
  const { authClient, ...local } = clientSettings({
    emulatorHost: "127.0.0.1:1",
    projectId: "p",
    databaseId: "d",
  })
  expect(local).toEqual({
    projectId: "p",
    databaseId: "d",
    host: "127.0.0.1:1",
    ssl: false,
    preferRest: false,
  })
  expect(authClient).toBeDefined()
})
