import {
  type CallOptions,
  NoSQLError,
  type OperationCounts,
  type ReadOptions,
  type ScanPolicy,
  type StandardSchema,
} from "@nosql/contracts"
import type { Capabilities } from "../driver/capabilities.ts"
import type { CollectionInfo } from "../driver/collection-info.ts"
import type { DriverStore, ReadCall } from "../driver/driver.ts"
import type { Mutable } from "../driver/mutable.ts"
import { changesSomething, type OperationName, writesDocuments } from "../driver/operations.ts"
import { untilAborted } from "../driver/until-aborted.ts"
import type { OperationTrace } from "../observe/operation-trace.ts"
import { traceOperation } from "../observe/trace-operation.ts"
import type { StoreSettings } from "../store/connect-options.ts"
import type { Provisioner } from "../store/provisioner.ts"
import type { ScanGuard } from "../store/scan-policy.ts"
import type { CallContext } from "../values/argument-error.ts"
import { checkOptions } from "./check-options.ts"
import { refuseReadOnly } from "./refuse-read-only.ts"

/** What the operations on a collection need of its declaration and its store. */
export interface CollectionContext {
  readonly info: CollectionInfo
  readonly schema: StandardSchema | undefined
  readonly validateUpdates: boolean
  readonly backend: string
  readonly capabilities: Capabilities
  readonly settings: StoreSettings
  readonly scanGuard: ScanGuard
  readonly provisioner: Provisioner
  /** The driver's store, or the `closed` error. */
  readonly open: (operation: string) => DriverStore
}

/** One call of one operation, on its way. */
export interface Operation {
  readonly name: OperationName
  readonly collection: CollectionContext
  readonly store: DriverStore
  /** Where the call stands, for errors. */
  readonly context: CallContext
  /** What goes to the driver with every request. */
  readonly call: ReadCall
  readonly scans: ScanPolicy
  /** What subscribers of the tracing channel are told; undefined while there are none. */
  readonly trace: OperationTrace | undefined
}

export function callContext(collection: CollectionContext, operation: string): CallContext {
  return { operation, collection: collection.info.name, backend: collection.backend }
}

/** Begins an operation: the store is open, the time runs. Throws `closed`, `aborted`, `invalid-argument`. */
export function beginOperation(
  collection: CollectionContext,
  name: OperationName,
  options: ReadOptions,
  trace: OperationTrace | undefined,
): Operation {
  const context = callContext(collection, name)
  const operation: Operation = {
    name,
    collection,
    store: collection.open(name),
    context,
    call: driverCall(options, context),
    scans: options.scans ?? collection.settings.scans,
    trace,
  }
  throwIfEnded(operation)
  return operation
}

function driverCall(options: ReadOptions, context: CallContext): ReadCall {
  checkOptions(options, context)
  const { signal, timeoutMs, comment, readPreference, batchSize } = options
  const ends = timeoutMs === undefined ? undefined : AbortSignal.timeout(Math.ceil(timeoutMs))
  const both = signal !== undefined && ends !== undefined ? AbortSignal.any([signal, ends]) : (signal ?? ends)
  const call: Mutable<ReadCall> = { operation: context.operation }
  if (both !== undefined) call.signal = both
  if (timeoutMs !== undefined) call.deadline = performance.now() + timeoutMs
  if (comment !== undefined) call.comment = comment
  if (readPreference !== undefined) call.readPreference = readPreference
  if (batchSize !== undefined) call.batchSize = batchSize
  return call
}

/**
 * Runs an operation that ends in one answer. When its signal ends it first, the caller need not wait for the store:
 * the error says that what was sent may still have happened.
 */
export function runOperation<R>(
  collection: CollectionContext,
  name: OperationName,
  options: CallOptions,
  work: (operation: Operation) => Promise<R>,
  counts?: (result: R) => OperationCounts,
): Promise<R> {
  const run = async (trace: OperationTrace | undefined) => {
    const operation = beginOperation(collection, name, options, trace)
    if (changesSomething(name)) refuseReadOnly(operation.store, collection.info.name, operation.context)
    return await endInTime(operation, work(operation), writesDocuments(name))
  }
  return traceOperation(callContext(collection, name), run, counts)
}

/** What runs, or the error of the signal that ends the waiting for it. `sent`: a write may be under way. */
export function endInTime<R>(operation: Operation, running: Promise<R>, sent: boolean): Promise<R> {
  const { signal } = operation.call
  return signal === undefined ? running : untilAborted(running, signal, () => endedError(operation, sent))
}

/** Throws where the caller's signal, the operation's time or the end of the store has ended it. */
export function throwIfEnded(operation: Operation): void {
  if (operation.call.signal?.aborted) throw endedError(operation)
  operation.collection.open(operation.name)
}

/** The error of an operation that its signal ended: `timeout` when the time was up, else `aborted`. `sent`: a write was under way. */
export function endedError({ call, context }: Operation, sent = false): NoSQLError {
  const late = call.deadline !== undefined && performance.now() >= call.deadline - 1
  const { operation, collection = "", backend = "" } = context
  return new NoSQLError(
    late ? "timeout" : "aborted",
    late ? `${operation}: timeoutMs is over` : `${operation}: aborted by the caller's signal`,
    {
      operation,
      collection,
      backend,
      retryable: late && !sent,
      ...(sent ? { details: { unknown: "rest" } } : {}),
      cause: call.signal?.reason,
    },
  )
}
