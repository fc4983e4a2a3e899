import { type FieldPath, isArrayIndex } from "@nosql/core/driver"
import type { NativePath } from "./expression.ts"

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-attributes-nested-depth */
const maxPathDepth = 32
/** An item of 400 KB holds no longer lists. */
const maxIndexDigits = 6
const maxVariants = 4

/**
 * The paths in an item that a path of the language may mean: behind the first, a segment of digits indexes a list and names a field of a map, and DynamoDB
 * writes these differently. At most one of them is there. Undefined where they are too many or too deep for an expression.
 */
export function nativePaths(path: FieldPath): readonly NativePath[] | undefined {
  if (path.length === 0 || path.length >= maxPathDepth) return undefined
  let variants: NativePath[] = [[]]
  for (const [i, segment] of path.entries()) {
    const indexes = i > 0 && isArrayIndex(segment) && segment.length <= maxIndexDigits
    variants = variants.flatMap((head) =>
      indexes
        ? [
            [...head, segment],
            [...head, Number(segment)],
          ]
        : [[...head, segment]],
    )
    if (variants.length > maxVariants) return undefined
  }
  return variants
}
