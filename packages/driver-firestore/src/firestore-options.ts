import type { Firestore } from "@google-cloud/firestore"
import type { CollectionPlace } from "./collection-place.ts"
import type { RampUpMode } from "./ramp-up.ts"

/** A project and how to reach it, or a client of your own, which stays open when the store closes. */
export type FirestoreOptions = FirestoreAddress | FirestoreClient

/** How a database is reached. https://cloud.google.com/firestore/docs/manage-databases */
export interface FirestoreAddress extends FirestoreStoreSettings {
  /** @default what the credentials or the environment say; with an emulator "demo-nosql" */
  readonly projectId?: string
  /** @default "(default)" */
  readonly databaseId?: string
  /**
   * `"default"` for Google's Application Default Credentials, the path of a service account's key file, or that file's JSON text.
   * https://cloud.google.com/docs/authentication/application-default-credentials
   *
   * @default "default"
   */
  readonly credentials?: string
  /** `host:port` of an emulator, without a scheme. @default FIRESTORE_EMULATOR_HOST, as the SDK has it */
  readonly emulatorHost?: string
  /** Whether the SDK speaks HTTP/1.1 where it can, which starts faster than gRPC. Not with an emulator. @default FIRESTORE_PREFER_REST, as the SDK has it, else false */
  readonly preferRest?: boolean
}

export interface FirestoreClient extends FirestoreStoreSettings {
  /** Its settings may be any: the store reads and writes by its own codec. */
  readonly client: Firestore
}

export interface FirestoreStoreSettings extends FirestoreLayout {
  /**
   * What happens where writes of many come faster than Google asks for in a new collection (500 a second, half as many again every 5 minutes): `"report"` sends
   * them and tells the logger, `"wait"` holds them back. https://firebase.google.com/docs/firestore/best-practices#ramping_up_traffic
   *
   * @default "report"
   */
  readonly rampUp?: RampUpMode
}

/** Where the collections lie. */
export interface FirestoreLayout {
  /** The path of a document under which the collections lie, such as `tenants/acme`. @default the database's root */
  readonly pathPrefix?: string
  /**
   * Where collections lie whose names do not say so: `{ items: { path: "users/ada/items" } }` is one in a document, `{ comments: { group: "comments" } }` all
   * of that name, to be read only. Below `pathPrefix`, both. @default none
   */
  readonly collections?: Readonly<Record<string, CollectionPlace>>
}
