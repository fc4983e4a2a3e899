import { memory } from "@nosql/driver-memory"
import { casesByFeature } from "@nosql/testing"
import { expect, test } from "vitest"

test("a case that fails tells nothing of features, and is an error", async () => {
  const driver = memory()
  const connect: typeof driver.connect = async (host) => {
    const store = await driver.connect(host)
    store.runInsert = () => Promise.reject(new Error("lost"))
    return store
  }
  await expect(casesByFeature({ ...driver, connect })).rejects.toThrow("the case failed")
})
