import type { OptionDeclaration } from "@nosql/core/driver"
import { defaultOptions } from "./default-options.ts"
import type { FirestoreAddress } from "./firestore-options.ts"

/** The configuration block's options, for its schema and the documentation's table. */
export const optionDeclarations: { readonly [K in keyof Required<FirestoreAddress>]: OptionDeclaration } = {
  projectId: {
    type: "string",
    description: "The Google Cloud project; unset, what the credentials or the environment say",
  },
  databaseId: {
    type: "string",
    default: defaultOptions.databaseId,
    description: "The database of the project",
  },
  credentials: {
    type: "string",
    writeOnly: true,
    default: defaultOptions.credentials,
    description:
      "`default` for Application Default Credentials, the path of a service account's key file, or that file's JSON text",
  },
  emulatorHost: {
    type: "string",
    description: "`host:port` of an emulator, without a scheme; unset, `FIRESTORE_EMULATOR_HOST`",
  },
  pathPrefix: {
    type: "string",
    description: "The path of a document under which the collections lie, such as `tenants/acme`",
  },
  collections: {
    type: "object",
    description:
      "Where collections lie whose names do not say so: `{ items: { path: users/ada/items }, comments: { group: comments } }`; JSON text in a variable",
  },
  rampUp: {
    type: "string",
    enum: ["report", "wait"],
    default: defaultOptions.rampUp,
    description:
      "Whether writes of many that come faster than Google's ramp-up are sent and the logger is told (`report`), or held back (`wait`)",
  },
  preferRest: {
    type: "boolean",
    description:
      "Whether the SDK speaks HTTP/1.1 where it can, which starts faster than gRPC; not with an emulator; unset, `FIRESTORE_PREFER_REST`, else not",
  },
}
