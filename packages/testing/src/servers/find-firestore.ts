import { execFile } from "node:child_process"
import { access, constants, realpath } from "node:fs/promises"
import { delimiter, dirname, join } from "node:path"
import { promisify } from "node:util"
import type { FoundServer, StartServer } from "./found-server.ts"
import { freePort } from "./free-port.ts"
import { hasContainerEngine } from "./has-container-engine.ts"
import { startProcess } from "./start-process.ts"

const emulator = "cloud_firestore_emulator"
/** The Cloud CLI's image that has the emulators: https://cloud.google.com/sdk/docs/downloads-docker */
const image = "gcr.io/google.com/cloudsdktool/google-cloud-cli:emulators"

/** In this order: `FIRESTORE_EMULATOR_HOST`, a container, Google's emulator of the Cloud CLI (needs Java). Its address is `host:port`. */
export async function findFirestore(): Promise<StartServer | undefined> {
  const address = process.env["FIRESTORE_EMULATOR_HOST"]
  if (address) return async () => ({ address, source: "FIRESTORE_EMULATOR_HOST", stop: async () => {} })
  if (await hasContainerEngine()) return startContainer
  const command = await findEmulator()
  const runs = command !== undefined && (await answers("java", ["-version"])) !== undefined
  return runs ? () => startEmulator(command) : undefined
}

async function startContainer(): Promise<FoundServer> {
  const { FirestoreEmulatorContainer } = await import("@testcontainers/gcloud")
  const container = await new FirestoreEmulatorContainer(image).start()
  return {
    address: container.getEmulatorEndpoint(),
    source: `container ${image}`,
    stop: async () => {
      await container.stop()
    },
  }
}

async function startEmulator(command: string): Promise<FoundServer> {
  const port = await freePort()
  const { stop } = await startProcess(
    command,
    ["start", "--host=127.0.0.1", `--port=${port}`],
    /(Dev App Server is now running)/,
    { group: true },
  )
  return { address: `127.0.0.1:${port}`, source: "Google's emulator of the Cloud CLI", stop }
}

/** On the PATH, else where the system's package put it, else beside `gcloud`, where the Cloud CLI keeps it: https://cloud.google.com/sdk/docs/components */
async function findEmulator(): Promise<string | undefined> {
  return (await onPath(emulator)) ?? (await ofPackage()) ?? (await besideGcloud())
}

async function onPath(command: string): Promise<string | undefined> {
  const folders = (process.env["PATH"] ?? "").split(delimiter)
  return firstExecutable(folders.map((folder) => join(folder, command)))
}

async function ofPackage(): Promise<string | undefined> {
  const listed = await answers("dpkg", ["-L", "google-cloud-cli-firestore-emulator"])
  return firstExecutable((listed ?? "").split("\n").filter((path) => path.endsWith(`/${emulator}`)))
}

async function besideGcloud(): Promise<string | undefined> {
  const gcloud = await onPath("gcloud")
  if (gcloud === undefined) return undefined
  const folder = dirname(dirname(await realpath(gcloud)))
  return firstExecutable([join(folder, "platform", "cloud-firestore-emulator", emulator)])
}

async function firstExecutable(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const usable = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (usable) return path
  }
  return undefined
}

/** What a command prints; undefined where there is no such command, or it fails. */
async function answers(command: string, args: readonly string[]): Promise<string | undefined> {
  try {
    return (await promisify(execFile)(command, args)).stdout
  } catch {
    return undefined
  }
}
