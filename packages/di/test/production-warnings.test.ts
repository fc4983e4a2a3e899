import type { DriverModule } from "@nosql/core/driver"
import { memory } from "@nosql/driver-memory"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { type KnownDriver, knownDrivers } from "../src/drivers/known-drivers.ts"
import { NoSQLModule } from "../src/index.ts"
import { fakeHost } from "./fake-host.ts"

const keys = { accessKeyId: "k", secretAccessKey: "s" }

/** Settings of which each brings one warning, and what that is about. */
const unwise = {
  memory: [[{}, /in this process alone/]],
  mongodb: [
    [{ uri: "mongodb://u:p@localhost" }, /local address/],
    [{ uri: "mongodb://db.example" }, /no credentials/],
  ],
  dynamodb: [
    [{ endpoint: "http://localhost:8000" }, /local address/],
    [{ region: "eu-central-1", ...keys }, /permanent secretAccessKey/],
  ],
  firestore: [
    [{ emulatorHost: "localhost:8080" }, /emulator/],
    [{ credentials: "key.json" }, /long-lived key/],
  ],
} as const satisfies Record<KnownDriver, readonly (readonly [block: object, about: RegExp])[]>

const known = Object.keys(unwise) as KnownDriver[]

beforeEach(() => {
  for (const name of ["FIRESTORE_EMULATOR_HOST", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_DYNAMODB"])
    vi.stubEnv(name, undefined)
})
afterEach(() => vi.unstubAllEnvs())

/** What boot tells the logger; the options and the warnings are the driver's, the store is the embedded one. */
async function warningsOf(name: KnownDriver, block: object): Promise<string[]> {
  const lines: string[] = []
  const { driverModule } = (await import(knownDrivers[name])) as { driverModule: DriverModule }
  const create = () => ({ ...memory(), name })
  const app = await NoSQLModule.configure<object>(
    { driver: name, [name]: block },
    {
      profile: "production",
      drivers: [{ ...driverModule, create }],
      host: fakeHost(),
      logger: { warn: (_: object, line: string) => void lines.push(line) },
    },
  ).boot()
  await app.close()
  return lines
}

test.each(known.flatMap((name) => unwise[name].map(([block, about]) => [name, block, about] as const)))(
  "%s %j: the warning goes on from the name of the store, with a verb",
  async (name, block, about) => {
    const lines = await warningsOf(name, block)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(about)
    const form = new RegExp(
      String.raw`^nosql: the store "default" \(${name}\) (?:is|has|keeps) [^:]+: .+[^.]$`,
    )
    expect(lines[0]).toMatch(form)
  },
)
