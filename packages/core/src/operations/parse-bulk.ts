import type { Document } from "@nosql/contracts"
import type { WriteRequest } from "../driver/plan.ts"
import { argumentError } from "../values/argument-error.ts"
import { isPlainObject } from "../values/plain-object.ts"
import type { Operation } from "./operation.ts"
import { parseWhere } from "./parse-where.ts"
import { lacksId, prepareInsert } from "./prepare-document.ts"
import { deleteRequest, type PreparedWrite, replaceRequest, updateRequest } from "./write-requests.ts"

/** One write of a bulk, checked. */
export type BulkItem =
  /** `newId`: it was made here, so nobody else can hold it. */
  | { readonly kind: "insert"; readonly document: Document; readonly newId: boolean }
  | ({ readonly kind: "write" } & PreparedWrite<WriteRequest>)

type Operands = Readonly<Record<string, unknown>>

/** Every write that a bulk takes, by its name, and the operands that it has. */
const bulkKinds = {
  insertOne: {
    operands: ["document"],
    parse: async (operation, { document }) => ({
      kind: "insert",
      document: (await prepareInsert(operation, document)).document,
      newId: lacksId(document),
    }),
  },
  updateOne: {
    operands: ["filter", "update", "upsert"],
    parse: (operation, operands) => update(operation, operands, false),
  },
  updateMany: {
    operands: ["filter", "update", "upsert"],
    parse: (operation, operands) => update(operation, operands, true),
  },
  replaceOne: {
    operands: ["filter", "replacement", "upsert"],
    parse: async (operation, { filter, replacement, upsert }) => ({
      kind: "write",
      ...(await replaceRequest(operation, where(operation, filter), replacement, {
        upsert: upsert === true,
      })),
    }),
  },
  deleteOne: { operands: ["filter"], parse: (operation, operands) => remove(operation, operands, false) },
  deleteMany: { operands: ["filter"], parse: (operation, operands) => remove(operation, operands, true) },
} as const satisfies Record<
  string,
  { operands: readonly string[]; parse: (operation: Operation, operands: Operands) => Promise<BulkItem> }
>

async function update(
  operation: Operation,
  { filter, update, upsert }: Operands,
  many: boolean,
): Promise<BulkItem> {
  return {
    kind: "write",
    ...updateRequest(operation, where(operation, filter), update, { many, upsert: upsert === true }),
  }
}

async function remove(operation: Operation, { filter }: Operands, many: boolean): Promise<BulkItem> {
  return { kind: "write", ...deleteRequest(operation, where(operation, filter), { many }) }
}

function where(operation: Operation, filter: unknown) {
  return parseWhere(operation.collection, operation.context, filter)
}

/** Reads one operation of a bulk, such as `{ updateOne: { filter, update } }`. */
export async function parseBulk(operation: Operation, item: unknown): Promise<BulkItem> {
  const names = isPlainObject(item) ? Object.keys(item) : []
  const [name] = names
  if (!isPlainObject(item) || names.length !== 1 || name === undefined || !Object.hasOwn(bulkKinds, name)) {
    throw argumentError(
      operation.context,
      "",
      `takes one of ${Object.keys(bulkKinds).join(", ")} each, such as { insertOne: { document } }`,
    )
  }
  const { operands, parse } = bulkKinds[name as keyof typeof bulkKinds]
  const given = item[name]
  if (!isPlainObject(given))
    throw argumentError(operation.context, name, `takes an object of ${operands.join(", ")}`)
  const strange = Object.keys(given).find((key) => !(operands as readonly string[]).includes(key))
  if (strange !== undefined)
    throw argumentError(operation.context, `${name}.${strange}`, `${name} takes ${operands.join(", ")}`)
  return parse(operation, given)
}
