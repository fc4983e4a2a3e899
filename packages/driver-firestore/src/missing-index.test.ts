import { collectionInfo } from "@nosql/core/driver"
import { expect, test } from "vitest"
import { readError } from "./missing-index.ts"
import { where } from "./native-query.ts"

const query = {
  where: [where(["status"], "==", "secret"), where(["at"], ">", new Date(5))],
  orderBy: [],
}
const link = "https://console.firebase.google.com/v1/r/project/p/firestore/indexes?create_composite=Cg1w"
const failed = (code: number, message: string) =>
  readError(Object.assign(new Error(message), { code }), collectionInfo("orders"), [query], {
    operation: "find",
  })

test("a missing index is named by its definition and the console's link", () => {
  const error = failed(
    9,
    `9 FAILED_PRECONDITION: The query requires an index. You can create it here: ${link}`,
  )
  expect(error.code).toBe("failed-precondition")
  expect(error.message).toContain('{ keys: { "status": 1, "at": 1 } }')
  expect(error.message).toContain(link)
  expect(error.message).toContain("firestoreIndexes()")
  expect(error.message).not.toContain("secret")
})

test("other failures are the table's", () => {
  expect(failed(9, "9 FAILED_PRECONDITION: the database is away").message).not.toContain("firestoreIndexes")
  expect(failed(14, "14 UNAVAILABLE: no index").code).toBe("unavailable")
})
