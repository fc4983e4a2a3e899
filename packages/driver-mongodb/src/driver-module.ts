import { type DriverModule, optionsSchema } from "@nosql/core/driver"
import { checkOptions } from "./check-options.ts"
import { clientSettings } from "./client-settings.ts"
import { createClient } from "./create-client.ts"
import { impliedOptions } from "./implied-options.ts"
import { mongodb } from "./mongodb.ts"
import type { MongodbAddress } from "./mongodb-options.ts"
import { defaultDatabase, optionDeclarations } from "./option-declarations.ts"
import { productionWarnings } from "./production-warnings.ts"

/** By which configuration finds this driver. */
export const driverModule: DriverModule<MongodbAddress> = {
  name: "mongodb",
  options: optionsSchema<MongodbAddress>(optionDeclarations, checkOptions),
  create(options) {
    const settings = clientSettings(options)
    // A client that is not connected holds nothing: it is made once more, so that what the SDK refuses is found with everything else.
    createClient(settings)
    const named =
      options.database !== undefined || impliedOptions(options).some(({ option }) => option === "database")
    return mongodb(named ? options : { ...options, database: defaultDatabase })
  },
  implied: impliedOptions,
  productionWarnings,
}
