import { defaultConnectOptions } from "@nosql/core"
import { provisions, scanPolicies } from "@nosql/core/driver"
import { z } from "zod"
import { knownDrivers } from "../drivers/known-drivers.ts"
import { jsonSchemaOf } from "./json-schema.ts"

/** One of several stores. The block of its driver stands beside these. */
const backend = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_-]*$/, "expected a letter, then letters, digits, _ or -")
    .meta({ description: 'What `DocumentStore.named("…")` asks for' }),
  primary: z
    .boolean()
    .default(false)
    .meta({ description: "Answers the unnamed token; the only store does so anyway" }),
  driver: z.string().optional().meta({ description: "Its driver; unset: the one above" }),
})

/**
 * Everything but the drivers' blocks: the one place of these settings, their defaults and their descriptions. Types, checks, the table in
 * the docs and the JSON Schema for editors are made from it.
 */
export const generalSchema = z.strictObject({
  enabled: z.boolean().default(true).meta({ description: "`false` opens nothing" }),
  driver: z
    .string()
    .default("mongodb")
    .meta({
      examples: Object.keys(knownDrivers),
      description: "`memory`, `mongodb`, `dynamodb`, `firestore`, or the package of another driver",
    }),
  scans: z
    .enum(scanPolicies)
    .default(defaultConnectOptions.scans)
    .meta({ description: "What happens to a query that reads a whole collection to find some of it" }),
  maxBufferedDocuments: z.int().min(1).default(defaultConnectOptions.maxBufferedDocuments).meta({
    description: "The most documents that a sort or a `distinct` in this process may hold",
  }),
  provision: z.enum(provisions).optional().meta({
    default: defaultConnectOptions.provision,
    description:
      "Who makes indexes and tables: `auto` at their first use, `check` only reports; unset, it is `check` on DynamoDB at AWS",
  }),
  cursorSecret: z.string().min(1).optional().meta({
    writeOnly: true,
    description: "Authenticates the cursors of pages: one that the store did not make is refused",
  }),
  backends: z
    .array(backend)
    .default([])
    .meta({ description: "Several named stores; each takes what it leaves unset from the settings above" }),
})

export type GeneralSettings = z.output<typeof generalSchema>

export const generalJsonSchema = jsonSchemaOf(generalSchema)
