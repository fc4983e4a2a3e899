import type { NoSQLError } from "@nosql/contracts"
import { argumentError, type CallContext } from "../values/argument-error.ts"

const code = "code is never sent to a store; write it with operators, or filter what was read"

/** What to write instead of the operators that people know from MongoDB. */
const remedies: Readonly<Record<string, string>> = {
  $where: code,
  $function: code,
  $accumulator: code,
  $expr: "conditions compare a path with a value, not with another path; filter what was read",
  $jsonSchema: "declare a schema for the collection instead, or test kinds with $type",
  $comment: "give the comment as an option of the call",
  $like: "write $startsWith, or $regex",
  $ilike: 'write $regex with $options: "i"',
  $between: "write $gte and $lte, or whereBetween",
  $ieq: 'write $regex with $options: "i"',
  $endsWith: "write $regex with an escaped pattern that ends in $",
  $geoWithin: "the stores' geography differs; use store.unwrap()",
  $geoIntersects: "the stores' geography differs; use store.unwrap()",
  $near: "the stores' geography differs; use store.unwrap()",
  $nearSphere: "the stores' geography differs; use store.unwrap()",
  $bitsAllSet: "bits are not portable; keep flags in fields of their own",
  $bitsAnySet: "bits are not portable; keep flags in fields of their own",
  $bitsAllClear: "bits are not portable; keep flags in fields of their own",
  $bitsAnyClear: "bits are not portable; keep flags in fields of their own",
}

/** The error for a `$` key that is not in the language where it stands. */
export function refuseOperator(
  operator: string,
  at: string,
  known: readonly string[],
  context: CallContext,
): NoSQLError {
  const remedy = Object.hasOwn(remedies, operator) ? remedies[operator] : undefined
  const place = at === "" ? operator : `${at}.${operator}`
  return argumentError(
    context,
    place,
    remedy === undefined
      ? `unknown operator ${operator}; here stand ${known.join(" ")}`
      : `${operator} is not portable: ${remedy}`,
  )
}
