import type { AttributeValue } from "@aws-sdk/client-dynamodb"

/** What the expressions of one request share. */
export interface Placeholders {
  readonly names: Readonly<Record<string, string>>
  readonly values: Readonly<Record<string, AttributeValue>>
  /** Those that were met, so that one that is declared in vain is found. */
  readonly used: Set<string>
}

/** What a condition asks, as far as requests are checked by it. */
export interface Condition {
  readonly operator: string
  readonly left: string
  readonly values: readonly (AttributeValue | undefined)[]
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters */
const maxBytes = 4096
const maxOperators = 300
const maxOperands = 99
const functions = new Set([
  "attribute_exists",
  "attribute_not_exists",
  "attribute_type",
  "begins_with",
  "contains",
])

/**
 * Reads a condition as AWS does and throws at what it refuses; local servers let some of it pass. Sources: the pages on expressions and on constraints,
 * and the public suites that were run against the real service (scylladb test/alternator, dynamodb-conformance).
 */
export class ExpressionReader {
  readonly conditions: Condition[] = []
  operators = 0
  readonly #tokens: readonly string[]
  readonly #placeholders: Placeholders
  #at = 0

  constructor(text: string, placeholders: Placeholders) {
    if (text === "") throw new Error("the expression is empty")
    if (Buffer.byteLength(text) > maxBytes) throw new Error(`the expression is over ${maxBytes} bytes`)
    this.#tokens = tokensOf(text)
    this.#placeholders = placeholders
  }

  /** Of KeyConditionExpression, FilterExpression and ConditionExpression. */
  readCondition(): this {
    this.#readOr()
    if (this.#at < this.#tokens.length) throw new Error(`unexpected "${this.#tokens[this.#at]}"`)
    if (this.operators > maxOperators)
      throw new Error(`too many operators; operator count: ${this.operators}`)
    return this
  }

  /** Of ProjectionExpression. */
  readPaths(): readonly string[] {
    const paths = [this.#readPath()]
    while (this.#take(",")) paths.push(this.#readPath())
    if (this.#at < this.#tokens.length) throw new Error(`unexpected "${this.#tokens[this.#at]}"`)
    for (const [i, path] of paths.entries()) {
      const overlap = paths.find((other, j) => i !== j && (other === path || other.startsWith(`${path}.`)))
      if (overlap !== undefined) throw new Error(`two document paths overlap: ${path}, ${overlap}`)
    }
    return paths
  }

  #readOr(): void {
    this.#readAnd()
    while (this.#take("OR")) {
      this.operators += 1
      this.#readAnd()
    }
  }

  #readAnd(): void {
    this.#readNot()
    while (this.#take("AND")) {
      this.operators += 1
      this.#readNot()
    }
  }

  #readNot(): void {
    if (this.#take("NOT")) {
      this.operators += 1
      this.#readNot()
    } else this.#readPrimary()
  }

  #readPrimary(): void {
    if (this.#take("(")) {
      const doubled = this.#peek() === "("
      const from = this.#at
      this.#readOr()
      if (doubled && this.#closes(from) === this.#at - 1)
        throw new Error("the expression has redundant parentheses")
      this.#expect(")")
      return
    }
    const word = this.#peek() ?? ""
    if (functions.has(word)) this.#readFunction(word)
    else this.#readComparison()
  }

  /** Where the parenthesis that opens at a token closes. */
  #closes(open: number): number {
    let depth = 0
    for (let i = open; i < this.#tokens.length; i++) {
      if (this.#tokens[i] === "(") depth += 1
      if (this.#tokens[i] === ")") depth -= 1
      if (depth === 0) return i
    }
    return -1
  }

  #readFunction(name: string): void {
    this.operators += 1
    this.#at += 1
    this.#expect("(")
    const left = this.#readPath()
    const values: (AttributeValue | undefined)[] = []
    while (this.#take(",")) values.push(this.#readValue())
    this.#expect(")")
    const wanted = name === "attribute_exists" || name === "attribute_not_exists" ? 0 : 1
    if (values.length !== wanted) throw new Error(`${name} takes ${wanted + 1} operands`)
    const [value] = values
    if (name === "begins_with" && value?.S === undefined && value?.B === undefined)
      throw new Error("begins_with takes a string or bytes")
    const types = ["S", "SS", "N", "NS", "B", "BS", "BOOL", "NULL", "L", "M"]
    if (name === "attribute_type" && !types.includes(value?.S ?? ""))
      throw new Error("attribute_type takes a type")
    this.conditions.push({ operator: name, left, values })
  }

  #readComparison(): void {
    this.operators += 1
    const left = this.#take("size") ? this.#readSize() : this.#readPath()
    const operator = this.#next()
    const values: (AttributeValue | undefined)[] = []
    if (operator === "BETWEEN") {
      values.push(this.#readValue())
      this.#expect("AND")
      values.push(this.#readValue())
      checkBetween(values[0], values[1])
    } else if (operator === "IN") {
      this.#expect("(")
      values.push(this.#readValue())
      while (this.#take(",")) values.push(this.#readValue())
      this.#expect(")")
      if (values.length > maxOperands) throw new Error(`IN takes ${maxOperands} operands`)
    } else if (["=", "<>", "<", "<=", ">", ">="].includes(operator)) {
      values.push(this.#readValue())
      if (operator.startsWith("<") && operator !== "<>") checkOrderable(values[0])
      if (operator.startsWith(">")) checkOrderable(values[0])
    } else throw new Error(`unexpected "${operator}"`)
    this.conditions.push({ operator, left, values })
  }

  #readSize(): string {
    this.operators += 1
    this.#expect("(")
    const path = this.#readPath()
    this.#expect(")")
    return `size(${path})`
  }

  #readPath(): string {
    let path = this.#readName()
    for (;;) {
      if (this.#take(".")) path += `.${this.#readName()}`
      else if (/^\[\d+\]$/.test(this.#peek() ?? "")) path += this.#next()
      else return path
    }
  }

  /** Every name has a placeholder, since some 570 words are reserved. */
  #readName(): string {
    const alias = this.#next()
    const name = this.#placeholders.names[alias]
    if (!alias.startsWith("#") || name === undefined) throw new Error(`"${alias}" is no declared name`)
    if (name === "") throw new Error("an attribute's name is empty")
    this.#placeholders.used.add(alias)
    return name
  }

  #readValue(): AttributeValue | undefined {
    const alias = this.#next()
    const value = this.#placeholders.values[alias]
    if (!alias.startsWith(":") || value === undefined) throw new Error(`"${alias}" is no declared value`)
    this.#placeholders.used.add(alias)
    return value
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at]
  }

  #next(): string {
    this.#at += 1
    return this.#tokens[this.#at - 1] ?? "the end"
  }

  #take(token: string): boolean {
    if (this.#peek() !== token) return false
    this.#at += 1
    return true
  }

  #expect(token: string): void {
    const found = this.#next()
    if (found !== token) throw new Error(`expected "${token}", found "${found}"`)
  }
}

/** Placeholders of an expression that is not read: those of an update. */
export function markUsed(text: string, { used }: Placeholders): void {
  for (const alias of text.match(/[#:][A-Za-z0-9_]+/g) ?? []) used.add(alias)
}

function tokensOf(text: string): string[] {
  const tokens = text.match(/[#:]?[A-Za-z0-9_]+|\[\d+\]|<>|<=|>=|[^\s]/g)
  return tokens ?? []
}

function checkOrderable(value: AttributeValue | undefined): void {
  if (value?.S === undefined && value?.N === undefined && value?.B === undefined)
    throw new Error("a range takes a string, a number or bytes")
}

/** An empty range is an error there, and no empty answer. */
function checkBetween(low: AttributeValue | undefined, high: AttributeValue | undefined): void {
  checkOrderable(low)
  checkOrderable(high)
  const type = low?.S !== undefined ? "S" : low?.N !== undefined ? "N" : "B"
  if (low === undefined || high?.[type] === undefined) throw new Error("BETWEEN takes two values of one type")
  if (compareTyped(low, high) > 0) throw new Error("BETWEEN takes its lower value first")
}

function compareTyped(a: AttributeValue, b: AttributeValue): number {
  if (a.N !== undefined) return Number(a.N) - Number(b.N)
  return Buffer.compare(Buffer.from(a.S ?? a.B ?? ""), Buffer.from(b.S ?? b.B ?? ""))
}
