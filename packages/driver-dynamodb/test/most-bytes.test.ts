import { checkMostBytes } from "@nosql/testing"
import { test } from "vitest"
import { documentSize } from "../src/document-problem.ts"

test("what core tells documentProblem is enough for a document as an item", () =>
  checkMostBytes(documentSize))
