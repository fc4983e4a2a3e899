// No static import of `node:` anywhere in core: it also runs in a browser, where these are undefined.
const { process } = globalThis as { process?: Partial<Pick<NodeJS.Process, "getBuiltinModule">> }

export const diagnosticsChannel = process?.getBuiltinModule?.("node:diagnostics_channel")
export const asyncHooks = process?.getBuiltinModule?.("node:async_hooks")
