import { Aliases } from "./aliases.ts"
import type { PagesInput, ProjectionPart } from "./dynamo-read.ts"
import type { Expression } from "./expression.ts"
import { printExpression } from "./print-expression.ts"

/** The expressions of a request. */
interface RequestParts {
  readonly key?: Expression
  readonly filter?: Expression
  /** Top-level fields; undefined: all. */
  readonly fields?: readonly string[]
}

/** The text of the expressions and what their placeholders stand for. */
export function printParts({ key, filter, fields }: RequestParts): Omit<PagesInput, "TableName"> {
  const aliases = new Aliases()
  const texts = {
    ...(key === undefined ? {} : { KeyConditionExpression: printExpression(key, aliases) }),
    ...(filter === undefined ? {} : { FilterExpression: printExpression(filter, aliases) }),
    ...(fields === undefined
      ? {}
      : { ProjectionExpression: fields.map((field) => aliases.name(field)).join(", ") }),
  }
  return { ...texts, ...aliases.parts() }
}

export function printFields(fields: readonly string[] | undefined): ProjectionPart {
  return fields === undefined ? {} : printParts({ fields })
}
