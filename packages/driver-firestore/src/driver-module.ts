import { type DriverModule, optionsSchema } from "@nosql/core/driver"
import { checkOptions } from "./check-options.ts"
import { clientSettings } from "./client-settings.ts"
import { createClient } from "./create-client.ts"
import { firestore } from "./firestore.ts"
import type { FirestoreAddress } from "./firestore-options.ts"
import { optionDeclarations } from "./option-declarations.ts"
import { productionWarnings } from "./production-warnings.ts"

/** By which configuration finds this driver. */
export const driverModule: DriverModule<FirestoreAddress> = {
  name: "firestore",
  options: optionsSchema<FirestoreAddress>(optionDeclarations, checkOptions),
  create(options) {
    // A client that has sent nothing holds nothing: it is made once more, so that what the SDK refuses is found with everything else.
    createClient(clientSettings(options))
    return firestore(options)
  },
  productionWarnings,
}
