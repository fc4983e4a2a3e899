import { assertNever, type Document, type Value } from "@nosql/contracts"
import type { UpdateNode } from "../ast/update.ts"
import type { CallContext } from "../values/argument-error.ts"
import { compareForSort, equalValues } from "../values/compare-values.ts"
import { getPath } from "../values/get-path.ts"
import { addToSet, popElement, pullElements, pushElements } from "./apply-update-array.ts"
import { addNumbers, multiplyNumbers } from "./apply-update-number.ts"
import { type Change, changeMade, changePath } from "./change-path.ts"

/**
 * The document after an update. The one given stays as it is and is itself the result where nothing changed; the result shares with it,
 * and with the update, what it did not have to copy. Throws `invalid-argument` with the path where a type is wrong.
 * `now` is the time of the write for `$currentDate`.
 */
export function applyUpdate(
  document: Document,
  update: readonly UpdateNode[],
  context: CallContext,
  now: Date = new Date(),
): Document {
  return update.reduce((next, node) => applyNode(next, node, context, now), document)
}

function applyNode(document: Document, node: UpdateNode, context: CallContext, now: Date): Document {
  switch (node.kind) {
    case "set":
      return changeMade(document, node.path, assign(node.value), context)
    case "setOnInsert":
      return document
    case "unset":
      return changePath(document, node.path, () => undefined)
    case "currentDate":
      return changeMade(document, node.path, assign(now), context)
    case "inc":
      return changeMade(document, node.path, (current) => addNumbers(current, node, context), context)
    case "mul":
      return changeMade(document, node.path, (current) => multiplyNumbers(current, node, context), context)
    case "min":
      return changeMade(document, node.path, keep(node.value, -1), context)
    case "max":
      return changeMade(document, node.path, keep(node.value, 1), context)
    case "rename": {
      const value = getPath(document, node.path)
      if (value === undefined) return document
      const moved = changePath(document, node.path, () => undefined)
      return changeMade(moved, node.to, assign(value), context)
    }
    case "push":
      return changeMade(document, node.path, (current) => pushElements(current, node, context), context)
    case "addToSet":
      return changeMade(document, node.path, (current) => addToSet(current, node, context), context)
    case "pull":
      return changePath(document, node.path, (current) => pullElements(current, node, context))
    case "pop":
      return changePath(document, node.path, (current) => popElement(current, node, context))
    default:
      return assertNever(node)
  }
}

function assign(value: Value): Change {
  return (current) => (current !== undefined && equalValues(current, value) ? current : value)
}

/** The lower (-1) or the higher (1) of two values; null is below everything, and a missing one yields to any. */
function keep(value: Value, side: -1 | 1): Change {
  return (current) => (current === undefined || compareForSort(value, current) * side > 0 ? value : current)
}
