import { Refused } from "./promise.ts"

/** An update as the user writes it: operator → path → operand. */
export type PlainUpdate = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** "Two operators on one path or on parent and child: error." `$rename` touches its source and its target. */
export function refuseConflicts(update: PlainUpdate): void {
  const seen: string[] = []
  for (const path of touchedPaths(update)) {
    const rival = seen.find((other) => isSameOrAbove(other, path) || isSameOrAbove(path, other))
    if (rival !== undefined) throw new Refused(path)
    seen.push(path)
  }
}

function touchedPaths(update: PlainUpdate): string[] {
  return Object.entries(update).flatMap(([operator, changes]) =>
    Object.entries(changes).flatMap(([path, operand]) =>
      operator === "$rename" ? [path, operand as string] : [path],
    ),
  )
}

function isSameOrAbove(above: string, path: string): boolean {
  return path === above || path.startsWith(`${above}.`)
}
