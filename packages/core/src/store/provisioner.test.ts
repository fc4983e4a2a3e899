import type { IndexReport } from "@nosql/contracts"
import { expect, test } from "vitest"
import type { CollectionInfo } from "../driver/collection-info.ts"
import { Provisioner } from "./provisioner.ts"

const things = { name: "things" } as CollectionInfo
const report: IndexReport = { created: [], existing: [], differing: [], missing: [] }

test("each declaration is provisioned once, and is done when that has ended", async () => {
  const provisioner = new Provisioner()
  let times = 0
  const work = async () => {
    times++
    return report
  }
  const running = provisioner.once(things, work)
  expect(provisioner.isDone(things)).toBe(false)
  expect(await running).toBe(report)
  expect(provisioner.isDone(things)).toBe(true)
  expect(await provisioner.once(things, work)).toBe(report)
  expect(times).toBe(1)
})

test("what failed, and what was dropped, is done anew", async () => {
  const provisioner = new Provisioner()
  await expect(provisioner.once(things, () => Promise.reject(new Error("no")))).rejects.toThrow("no")
  expect(provisioner.isDone(things)).toBe(false)
  const running = provisioner.once(things, async () => report)
  provisioner.forget("things")
  await running
  expect(provisioner.isDone(things)).toBe(false)
})
