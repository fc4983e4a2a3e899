import type { Driver, DriverModule } from "@nosql/core/driver"
import { memory } from "@nosql/driver-memory"
import { z } from "zod"

/** A driver of a third party, with a schema of zod's: it notes what arrives, and fails as it is told. */
export interface FakeDriver {
  readonly module: DriverModule
  /** The options of each driver that was made. */
  readonly made: readonly Record<string, unknown>[]
  /** `open URL` and `close URL`, in order. */
  readonly events: readonly string[]
}

const options = z
  .strictObject({
    url: z.string().optional().meta({ default: "fake://localhost", description: "The address" }),
    poolSize: z.int().min(1).max(500).optional().meta({ default: 10, description: "Connections" }),
    minPoolSize: z.int().min(0).optional().meta({ description: "Connections kept open" }),
    safe: z.boolean().optional().meta({ default: true, description: "Whether writes are confirmed" }),
    mode: z.enum(["primary", "secondary"]).optional().meta({ default: "primary", description: "Who reads" }),
    confirm: z.union([z.int(), z.string()]).optional().meta({ default: "all", description: "By how many" }),
    ratio: z.number().optional().meta({ description: "A fraction" }),
    apiKey: z.string().optional().meta({ writeOnly: true, description: "The key" }),
    hosts: z.array(z.string()).optional().meta({ description: "More addresses" }),
    tags: z.record(z.string(), z.string()).optional().meta({ description: "Labels" }),
    retry: z
      .strictObject({ maxAttempts: z.int().optional(), backoffMs: z.int().optional() })
      .optional()
      .meta({ description: "How often to try" }),
    failOpen: z.string().optional().meta({ description: "Fail with this message at connect" }),
    failClose: z.string().optional().meta({ description: "Fail with this message at close" }),
    failMake: z.string().optional().meta({ description: "Fail with this message at create" }),
    delayMs: z.int().optional().meta({ description: "Open so late" }),
    hang: z.boolean().optional().meta({ description: "Never open" }),
    down: z
      .string()
      .optional()
      .meta({ description: "Answer no ping: fail with this message, or never for `hang`" }),
  })
  .refine(({ minPoolSize = 0, poolSize = 10 }) => minPoolSize <= poolSize, {
    path: ["minPoolSize"],
    message: "more than poolSize",
  })

type Options = z.output<typeof options>

export function fakeDriver(name = "fake"): FakeDriver {
  const made: Options[] = []
  const events: string[] = []
  const module: DriverModule<Options> = {
    name,
    options,
    create(given) {
      made.push(given)
      if (given.failMake !== undefined) throw new Error(given.failMake)
      return driverOf(name, given, events)
    },
    implied: ({ url = "" }) =>
      url.includes("?pool=")
        ? [{ option: "poolSize", value: Number(url.split("?pool=")[1]), by: "url" }]
        : [],
    productionWarnings: ({ url = "fake://localhost" }) =>
      /localhost/.test(url) ? [`is at a local address (${url})`] : [],
  }
  return { module, made, events }
}

function driverOf(name: string, given: Options, events: string[]): Driver {
  const { url = "fake://localhost", failOpen, failClose, delayMs = 0, hang, down } = given
  return {
    ...memory(),
    name,
    async connect() {
      if (hang) await new Promise(() => {})
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs))
      if (failOpen !== undefined) throw new Error(failOpen)
      const store = await memory().connect()
      events.push(`open ${url}`)
      store.close = async () => {
        events.push(`close ${url}`)
        if (failClose !== undefined) throw new Error(failClose)
      }
      store.ping = async () => {
        if (down === "hang") await new Promise(() => {})
        if (down !== undefined) throw new Error(down)
      }
      return store
    },
  }
}
