export { driverModule } from "./driver-module.ts"
export { memory } from "./memory.ts"
