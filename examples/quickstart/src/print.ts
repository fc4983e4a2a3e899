/** Prints a heading for what follows. */
export function section(title: string): void {
  console.log(`\n${title}\n${"─".repeat(title.length)}`)
}

/** Prints a question and its answer, aligned. */
export function answer(question: string, value: unknown): void {
  const text = Array.isArray(value) ? value.join(", ") || "none" : String(value)
  console.log(`  ${question.padEnd(46)} ${text}`)
}

export function squareKilometres(area: number | undefined): string {
  if (area === undefined) return "not known"
  return `${area.toLocaleString("en", { maximumFractionDigits: 1 })} km²`
}
