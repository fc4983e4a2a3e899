import type { AttributeValue } from "@aws-sdk/client-dynamodb"

/**
 * The placeholders of one request: every name has one, because some 570 words are reserved and names may hold any character.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ExpressionAttributeNames.html
 */
export class Aliases {
  readonly #names = new Map<string, string>()
  readonly #values = new Map<string | AttributeValue, string>()
  readonly #namesGiven: Record<string, string> = {}
  readonly #valuesGiven: Record<string, AttributeValue> = {}

  name(name: string): string {
    const known = this.#names.get(name)
    if (known !== undefined) return known
    const alias = `#${this.#names.size}`
    this.#names.set(name, alias)
    this.#namesGiven[alias] = name
    return alias
  }

  value(value: AttributeValue): string {
    const key = value.S !== undefined ? `S${value.S}` : value.N !== undefined ? `N${value.N}` : value
    const known = this.#values.get(key)
    if (known !== undefined) return known
    const alias = `:${this.#values.size}`
    this.#values.set(key, alias)
    this.#valuesGiven[alias] = value
    return alias
  }

  /** The parts of a request that explain the placeholders; empty ones are refused by DynamoDB, so they are left out. */
  parts(): AliasParts {
    const parts: AliasParts = {}
    if (this.#names.size > 0) parts.ExpressionAttributeNames = this.#namesGiven
    if (this.#values.size > 0) parts.ExpressionAttributeValues = this.#valuesGiven
    return parts
  }
}

interface AliasParts {
  ExpressionAttributeNames?: Record<string, string>
  ExpressionAttributeValues?: Record<string, AttributeValue>
}
