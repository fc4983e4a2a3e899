import { type DriverModule, optionsSchema } from "@nosql/core/driver"
import { checkOptions } from "./check-options.ts"
import { clientSettings } from "./client-settings.ts"
import { dynamodb } from "./dynamodb.ts"
import type { DynamodbAddress } from "./dynamodb-options.ts"
import { optionDeclarations } from "./option-declarations.ts"
import { productionWarnings } from "./production-warnings.ts"

/** By which configuration finds this driver. */
export const driverModule: DriverModule<DynamodbAddress> = {
  name: "dynamodb",
  options: optionsSchema<DynamodbAddress>(optionDeclarations, checkOptions),
  create(options) {
    clientSettings(options)
    return dynamodb(options)
  },
  productionWarnings,
}
