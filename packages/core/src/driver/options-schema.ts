import type { StandardSchema } from "@nosql/contracts"

/** A Standard Schema that also offers JSON Schema (Standard JSON Schema): zod 4.2+, ArkType and others do by themselves. */
export interface OptionsSchema<Options> {
  readonly "~standard": StandardSchema<unknown, Options>["~standard"] & {
    readonly jsonSchema: {
      readonly input: (options: { readonly target: "draft-2020-12" }) => Record<string, unknown>
    }
  }
}
