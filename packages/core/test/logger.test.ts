import { channel } from "node:diagnostics_channel"
import type { Logger } from "@nosql/contracts"
import { pino } from "pino"
import { afterEach, expect, test, vi } from "vitest"
import { consoleLogger } from "../src/observe/console-logger.ts"
import { reportScan } from "../src/observe/report-scan.ts"
import { safeLogger } from "../src/observe/safe-logger.ts"

const report = { operation: "find", collection: "users", access: "scan", shape: "abc" } as const
const message = 'find on "users" reads the whole collection'

afterEach(() => {
  vi.restoreAllMocks()
})

test("pino is a Logger: the fields are fields of the line", () => {
  const lines: string[] = []
  const logger: Logger = pino({ base: null, timestamp: false }, { write: (line) => void lines.push(line) })
  reportScan(report, message, logger)
  expect(lines.map((line) => JSON.parse(line))).toEqual([{ level: 40, ...report, msg: message }])
})

test("a child of pino is a Logger", () => {
  const lines: string[] = []
  const logger: Logger = pino({}, { write: (line) => void lines.push(line) }).child({ app: "shop" })
  reportScan(report, message, logger)
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ app: "shop", ...report, msg: message })
})

test("console is a Logger", () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {})
  const logger: Logger = console
  reportScan(report, message, logger)
  expect(warn.mock.calls).toEqual([[report, message]])
})

test("without a logger the message alone goes to the console", () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {})
  reportScan(report, message, consoleLogger)
  expect(warn.mock.calls).toEqual([[message]])
})

test("the channel nosql:scan carries the fields", () => {
  const seen: unknown[] = []
  const listener = (fields: unknown) => void seen.push(fields)
  channel("nosql:scan").subscribe(listener)
  reportScan(report, message, { warn: () => {} })
  channel("nosql:scan").unsubscribe(listener)
  reportScan(report, message, { warn: () => {} })
  expect(seen).toEqual([report])
})

test("a logger that throws fails nothing: the message goes to the console", () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {})
  const broken: Logger = {
    warn() {
      throw new Error("the disk is full")
    },
  }
  reportScan(report, message, safeLogger(broken))
  expect(warn.mock.calls).toEqual([[message]])
})
