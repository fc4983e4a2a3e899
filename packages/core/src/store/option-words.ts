import type {
  Consistency,
  ExplainOptions,
  FindOneAndWriteOptions,
  IdKind,
  Provision,
  ReadPreference,
  ScanPolicy,
} from "@nosql/contracts"

/** The words of a type, all of them. */
function wordsOf<Word extends string>(words: Readonly<Record<Word, true>>): readonly Word[] {
  return Object.keys(words) as Word[]
}

/** Every scan policy. */
export const scanPolicies = wordsOf<ScanPolicy>({ allow: true, warn: true, refuse: true })

/** Every provision policy. */
export const provisions = wordsOf<Provision>({ auto: true, check: true, never: true })

export const idKinds = wordsOf<IdKind>({ auto: true, string: true, objectId: true, uuid: true })

export const consistencies = wordsOf<Consistency>({ strong: true, eventual: true })

/** Every read preference. */
export const readPreferences = wordsOf<ReadPreference>({
  primary: true,
  primaryPreferred: true,
  secondary: true,
  secondaryPreferred: true,
  nearest: true,
})

export const returnedDocuments = wordsOf<NonNullable<FindOneAndWriteOptions<never>["returnDocument"]>>({
  before: true,
  after: true,
})

export const verbosities = wordsOf<NonNullable<ExplainOptions<never>["verbosity"]>>({
  plan: true,
  server: true,
})

/** What is wrong with a value that is none of these words, or undefined. */
export function wordProblem(value: unknown, words: readonly string[]): string | undefined {
  if (words.includes(value as string)) return undefined
  return `is one of ${words.map((word) => `"${word}"`).join(", ")}`
}
