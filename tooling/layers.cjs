/** What each package may know. Edges that are not listed here fail. */
const forbid = (name, from, to) => ({ name, severity: "error", from: { path: from }, to: { path: to } })

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    forbid("contracts-imports-nothing", "^packages/contracts/src", "^(packages/(?!contracts/)|node_modules)"),
    forbid("core-knows-contracts-only", "^packages/core/src", "^packages/(?!core/|contracts/)"),
    forbid(
      "drivers-know-core-and-contracts",
      "^packages/driver-([^/]+)/src",
      "^packages/(?!driver-$1/|core/|contracts/)",
    ),
    forbid("testing-knows-no-driver", "^packages/testing/src", "^packages/(?!testing/|core/|contracts/)"),
    forbid("di-knows-core-and-contracts", "^packages/di/src", "^packages/(?!di/|core/|contracts/|driver-)"),
    {
      // The types of the known drivers' blocks; the drivers themselves are loaded by name.
      name: "di-knows-drivers-by-type-only",
      severity: "error",
      from: { path: "^packages/di/src" },
      to: { path: "^packages/driver-", dependencyTypesNot: ["type-only"] },
    },
    forbid("core-by-its-entries", "^packages/(?!core/)", "^packages/core/src/(?!index[.]ts|driver[.]ts)"),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "/dist/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "default"],
      extensions: [".ts", ".mjs", ".js", ".json"],
    },
  },
}
