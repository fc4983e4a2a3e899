import type { StandardSchema } from "@nosql/contracts"
import type { OptionProblem } from "./config-error.ts"

/** A Standard Schema that also offers JSON Schema (Standard JSON Schema): zod 4.2+, ArkType and others do by themselves. */
export interface OptionsSchema<Options> {
  readonly "~standard": StandardSchema<unknown, Options>["~standard"] & {
    readonly jsonSchema: {
      readonly input: (options: { readonly target: "draft-2020-12" }) => Record<string, unknown>
    }
  }
}

/** An option in JSON Schema's words. */
export interface OptionDeclaration {
  readonly type: string | readonly string[]
  /** One sentence; it stands in the documentation's table. */
  readonly description: string
  /** What the driver takes where nothing is set. It is not filled in. */
  readonly default?: unknown
  readonly minimum?: number
  readonly enum?: readonly string[]
  readonly properties?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** A secret: never shown. */
  readonly writeOnly?: true
}

/**
 * The schema of a driver that checks its options itself and needs no schema library: types and choices are checked by the declarations,
 * the rest by `check`.
 *
 * @example
 * const options = optionsSchema<CouchOptions>({ url: { type: "string", description: "The server's address" } }, ({ url }) =>
 *   url === undefined || URL.canParse(url) ? [] : [{ path: "url", problem: "is no address" }],
 * )
 */
export function optionsSchema<Options>(
  declarations: { readonly [K in keyof Required<Options>]: OptionDeclaration },
  check: (options: Options) => readonly OptionProblem[] = () => [],
): OptionsSchema<Options> {
  return {
    "~standard": {
      version: 1,
      vendor: "nosql",
      validate: (value) => {
        const issues = check(value as Options).map(({ path, problem }) => ({
          message: problem,
          path: path.split("."),
        }))
        return issues.length === 0 ? { value: value as Options } : { issues }
      },
      jsonSchema: {
        input: () => ({ type: "object", properties: declarations, additionalProperties: false }),
      },
    },
  }
}
