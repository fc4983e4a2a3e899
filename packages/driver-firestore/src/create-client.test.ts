import { connect } from "@nosql/core"
import { expect, test, vi } from "vitest"
import { createClient } from "./create-client.ts"
import { firestore } from "./firestore.ts"

test("what the SDK refuses is config, with the option and without its value", async () => {
  const refused = { code: "config", message: expect.stringContaining("emulatorHost") }
  expect(() => createClient({ projectId: "p", host: "SECRET:99999" })).toThrow(
    expect.objectContaining(refused),
  )
  expect(() => createClient({ host: "SECRET:99999" })).toThrow(expect.not.stringContaining("SECRET"))
  const impossible = firestore({ projectId: "p", emulatorHost: "127.0.0.1:99999" })
  await expect(connect(impossible)).rejects.toMatchObject(refused)
  vi.stubEnv("FIRESTORE_EMULATOR_HOST", "127.0.0.1:99999")
  await expect(connect(firestore({ projectId: "p" }))).rejects.toMatchObject(refused)
  vi.unstubAllEnvs()
})
