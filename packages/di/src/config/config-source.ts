import { assertNever } from "@nosql/contracts"

/** Where a setting comes from. */
export type ConfigSource =
  | { readonly kind: "default" } // of the schema, or of the driver
  | { readonly kind: "file"; readonly file: string; readonly line: number } // YAML
  | { readonly kind: "variable"; readonly name: string } // the environment
  | { readonly kind: "code" } // the argument of `configure`
  | { readonly kind: "option"; readonly name: string } // another option that implies it, such as a URI

export function formatSource(source: ConfigSource): string {
  switch (source.kind) {
    case "file":
      return source.line === 0 ? source.file : `${source.file}:${source.line}`
    case "variable":
      return source.name
    case "option":
      return `by ${source.name}`
    case "default":
    case "code":
      return source.kind
    default:
      return assertNever(source)
  }
}
