import { dynamodb } from "@nosql/driver-dynamodb"
import { firestore } from "@nosql/driver-firestore"
import { memory } from "@nosql/driver-memory"
import { mongodb } from "@nosql/driver-mongodb"
import { casesByFeature } from "@nosql/testing"
import { expect, test } from "vitest"
import { printMatrix } from "./print-matrix.ts"

const drivers = [memory(), mongodb(), dynamodb(), firestore()]

test("docs/support-matrix.md is up to date (else: npx pnpm@12 support-matrix)", async () => {
  const columns = drivers.map(({ name, capabilities }) => ({ driver: name, capabilities }))
  const text = printMatrix(columns, await casesByFeature(memory()))
  await expect(text).toMatchFileSnapshot("../../../docs/support-matrix.md")
})
