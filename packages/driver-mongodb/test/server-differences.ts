const noArray = "does nothing; mongod makes the empty array"
const parents =
  "makes the missing parents of an operator that does nothing, when another one changes the document; mongod: none"

/**
 * Where DocumentDB, the engine that tests find beside the clone, answers otherwise than mongod: cases of the suite, and what it does instead.
 * mongod's own answers are in its unit tests: https://github.com/mongodb/mongo/tree/master/src/mongo/db/update
 */
export const documentdbDifferences: Readonly<Record<string, string>> = {
  'update operators: {"a":true} {"$inc":{"a":1}}': "counts a boolean as a number; mongod: TypeMismatch",
  'update operators: {} {"$push":{"a":{"$each":[]}}}': noArray,
  'update operators: {} {"$push":{"a":{"$each":[1],"$slice":0}}}': noArray,
  'update operators: {} {"$addToSet":{"a":{"$each":[]}}}': noArray,
  'update operators: {} {"$pop":{"a.b":1},"$set":{"c":1}}': parents,
  'update operators: {} {"$pull":{"a.b":1},"$set":{"c":1}}': parents,
  'update operators: {} {"$rename":{"a":"b.d"},"$set":{"c":1}}': parents,
}
