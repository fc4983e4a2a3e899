import type { Firestore } from "@google-cloud/firestore"
import { describe, expect, test } from "vitest"
import { RequestGate } from "./request-gate.ts"

/** A request that is answered when the test says so. */
function slowRequest() {
  let answer = () => {}
  const answered = new Promise<string>((resolve) => {
    answer = () => resolve("answer")
  })
  return { request: () => answered, answer: () => answer() }
}

describe("the gate of requests", () => {
  const client = {} as Firestore

  test("closes when the requests under way have ended, and takes no more", async () => {
    const gate = new RequestGate(client)
    const slow = slowRequest()
    const events: string[] = []
    const running = gate.send(slow.request).then((answer) => events.push(answer))
    const closing = gate.close(async () => void events.push("idle"))
    await expect(gate.send(async () => "late")).rejects.toMatchObject({ sent: false })
    expect(events).toEqual([])
    slow.answer()
    await Promise.all([running, closing])
    expect(events).toEqual(["answer", "idle"])
  })

  test("a server that does not answer holds it for a while only; the client ends when the SDK gives up", async () => {
    const gate = new RequestGate(client)
    const slow = slowRequest()
    const events: string[] = []
    const running = gate.send(slow.request)
    const told = expect(running).rejects.toMatchObject({ sent: true })
    await gate.close(async () => void events.push("idle"), 10)
    await told
    expect(events).toEqual([])
    slow.answer()
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(events).toEqual(["idle"])
  })

  test("what fails is no longer under way", async () => {
    const gate = new RequestGate(client)
    const fail = () => {
      throw new Error("refused by the SDK")
    }
    await expect(gate.send(fail)).rejects.toThrow("refused by the SDK")
    await gate.close(async () => {})
  })
})
