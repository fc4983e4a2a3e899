import { connectsTo } from "./connects-to.ts"

/** Whether a container engine runs here. */
export function hasContainerEngine(): Promise<boolean> {
  return connectsTo(process.env["DOCKER_HOST"]?.replace(/^unix:\/\//, "") ?? "/var/run/docker.sock")
}
