import type { Collection, Document, DocumentStore } from "@nosql/contracts"
import type { Arguments } from "./arguments.ts"

/** Calls a method with what it is given, good or spoiled. */
export type Call = (target: Collection<Document>, given: Arguments, store: DocumentStore) => unknown

export type Calls = Readonly<Record<string, Call>>

/** Calls take anything here: the compiler is what an attacker does not have. */
export const any = (value: unknown) => value as never
