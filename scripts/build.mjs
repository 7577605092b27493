/**
 * Builds what changed: `npm run build`, and by itself before `npm start` and `npm test`. When nothing changed it
 * takes a fraction of a second. `npm run build -- --force` repeats all, `--only server,dashboard-types` does these alone.
 */
import { existsSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { BuildFailed, filesUnder, runStep, withBuildLock } from "./build-steps.mjs";

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const options = { force: process.argv.includes("--force") };
const onlyAt = process.argv.indexOf("--only");
const only = onlyAt < 0 ? null : (process.argv[onlyAt + 1] ?? "").split(",");

/** A package's own script: npx would cost a second and might ask the registry. */
const script = (name, file) =>
  join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), file);

const installed = "package-lock.json";
const compiler = () =>
  (process.env.PATH ?? "").split(delimiter).find((folder) => existsSync(join(folder, "cc"))) ?? "no compiler";

const databaseClient = {
  id: "database-client",
  name: "database client",
  reads: ["prisma/schema.prisma", "prisma.config.ts", installed],
  makes: ["server/db/generated/client.ts"],
  command: () => [process.execPath, script("prisma", "build/index.js"), "generate"],
  // Prisma asks for its downloaded schema engine even where it does not use it; any file that exists will do.
  env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1" },
};

const nativeEngine = {
  id: "native-engine",
  name: "native engine",
  reads: ["server/engine/native", "scripts/build-native.mjs", installed],
  makes: [],
  depends: compiler(),
  command: () => [process.execPath, "scripts/build-native.mjs"],
  optional: true, // without a compiler the WASM engine trains
};

const server = {
  id: "server",
  name: "server",
  reads: ["server", "tsconfig.json", "tsconfig.build.json", installed],
  makes: ["dist/server/main.start.js"],
  command: () => [process.execPath, script("typescript", "bin/tsc"), "-p", "tsconfig.build.json"],
  // tsc leaves what became of deleted files, and makes nothing anew that it believes to have made.
  before: () => {
    const sources = new Set(filesUnder("server"));
    const built = filesUnder("dist/server").filter((file) => file.endsWith(".js"));
    const stale = built.some((file) => !sources.has(file.replace("dist/", "").replace(/\.js$/, ".ts")));
    if (stale || built.length === 0) rmSync("dist", { recursive: true, force: true });
  },
};

const webOutputs = ["web/.next", "web/next-env.d.ts", "web/tsconfig.tsbuildinfo", "web/graphql/generated"];

const dashboardTypes = {
  id: "dashboard-types",
  name: "dashboard's GraphQL types",
  reads: ["server/schema.graphql", "web", installed],
  ignores: webOutputs,
  makes: ["web/graphql/generated/graphql.ts"],
  command: () => [
    ...[process.execPath, script("@graphql-codegen/cli", "esm/bin.js")],
    ...["--config", "web/codegen.ts", "--silent"],
  ],
  // A file whose draft is the same as last time is not made again, whatever became of the draft since.
  before: () => rmSync("web/graphql/generated", { recursive: true, force: true }),
};

const dashboard = {
  id: "dashboard",
  name: "dashboard",
  reads: ["server/schema.graphql", "web", installed],
  ignores: webOutputs,
  makes: ["web/.next/BUILD_ID"],
  command: () => [process.execPath, script("next", "dist/bin/next"), "build", "web"],
  env: { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" },
};

const inTurn = async (...steps) => {
  for (const step of steps) if (only === null || only.includes(step.id)) await runStep(step, options);
};

try {
  // Two rows side by side: the dashboard takes as long as all the rest.
  await withBuildLock(() =>
    Promise.all([inTurn(databaseClient, server, nativeEngine), inTurn(dashboardTypes, dashboard)]),
  );
} catch (error) {
  if (!(error instanceof BuildFailed)) throw error;
  console.error(error.message);
  process.exit(1);
}
