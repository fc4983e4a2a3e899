import fc from "fast-check"

/** The store's answer is not the reference's. */
export class Difference extends Error {
  override readonly name = "Difference"

  constructor(problem: string, values: { readonly expected?: unknown; readonly answered?: unknown } = {}) {
    super(
      [problem, ...Object.entries(values).map(([name, value]) => `${name} ${fc.stringify(value)}`)].join(
        "\n",
      ),
    )
  }
}
