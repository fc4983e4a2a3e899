import { checkMostBytes } from "@nosql/testing"
import { BSON } from "mongodb"
import { test } from "vitest"

test("what core tells documentProblem is enough for a document as BSON", () =>
  checkMostBytes((document) => BSON.calculateObjectSize(document)))
