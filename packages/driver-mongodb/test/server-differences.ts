/**
 * Where DocumentDB, the engine that tests find beside the clone, answers otherwise than mongod: cases of the suite, and what it does instead.
 * mongod's own answers are in its unit tests: https://github.com/mongodb/mongo/tree/master/src/mongo/db/update
 */
export const documentdbDifferences: Readonly<Record<string, string>> = {
  'update operators: {"a":true} {"$inc":{"a":1}}': "counts a boolean as a number; mongod: TypeMismatch",
  'update operators: {} {"$push":{"a":{"$each":[]}}}': "does nothing; mongod makes the empty array",
  'update operators: {} {"$addToSet":{"a":{"$each":[]}}}': "does nothing; mongod makes the empty array",
}
