import type { Provision, ScanPolicy } from "@nosql/contracts"

export const scanPolicies = ["allow", "warn", "refuse"] as const satisfies readonly ScanPolicy[]

export const provisions = ["auto", "check", "never"] as const satisfies readonly Provision[]
