/**
 * `npm run dev`: everything on one port, and each change at once: the dashboard reloads in the browser, the API and the
 * worker start again when the server's code has compiled, and the published schema and the dashboard's types follow it.
 *
 *   browser ─► front (PORT, 4000) ─┬─ /graphql, /health ─► API          restarted by every compilation
 *                                  └─ all else ──────────► next dev     reloads by itself
 *
 * The database is the embedded one, in gatecast-data unless GATECAST_DATA says otherwise; DATABASE_URL is respected.
 */
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { openDatabase } from "./dev/database.mjs";
import { freePort, startFront } from "./dev/front.mjs";
import { keepRunning } from "./dev/processes.mjs";

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const require = createRequire(import.meta.url);
const script = (name, file) => join(dirname(require.resolve(`${name}/package.json`)), file);
const say = (line) => console.log(`dev: ${line}`);

const startedAt = performance.now();
const port = Number(process.env.PORT || 4000);
const [apiPort, pagesPort] = [await freePort(), await freePort()];
const steps = ["database-client", "server", "native-engine", "dashboard-types"];
if (
  spawnSync(process.execPath, ["scripts/build.mjs", "--only", steps.join(",")], { stdio: "inherit" })
    .status !== 0
)
  process.exit(1);

const stopping = [];
const stop = async (code) => {
  for (const end of stopping.splice(0).reverse()) await end();
  process.exit(code);
};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => stop(0));

try {
  const front = await startFront({ port, apiPort, pagesPort });
  stopping.push(() => front.close());
} catch (error) {
  say(error.code === "EADDRINUSE" ? `port ${port} is taken: stop what uses it, or set PORT` : error.message);
  await stop(1);
}
const database = await openDatabase(resolve(process.env.GATECAST_DATA || "gatecast-data"), say);
stopping.push(database.stop);

const env = {
  ...process.env,
  DATABASE_URL: database.url,
  PORT: String(apiPort),
  HOST: "127.0.0.1",
  LOG_LEVEL: process.env.LOG_LEVEL || "info",
};
const api = keepRunning("api", [process.execPath, "dist/server/main.api.js"], { env, ready: "listening" });
const worker = keepRunning("worker", [process.execPath, "dist/server/main.worker.js"], {
  env,
  ready: "ready",
});
const pages = keepRunning(
  "pages",
  [
    process.execPath,
    script("next", "dist/bin/next"),
    "dev",
    "web",
    "--port",
    String(pagesPort),
    "--hostname",
    "127.0.0.1",
  ],
  { env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "development" } },
);
stopping.push(pages.stop, worker.stop, api.stop);
await api.isReady();
say(
  `http://127.0.0.1:${port} after ${((performance.now() - startedAt) / 1000).toFixed(1)} s; Ctrl-C stops everything`,
);
spawn(process.execPath, ["dist/server/main.seed.js"], { env, stdio: "ignore" });
watchServer();

/** tsc compiles what changed; each time that it found no error, what runs is started anew. */
function watchServer() {
  const args = [
    script("typescript", "bin/tsc"),
    "-p",
    "tsconfig.build.json",
    "--watch",
    "--preserveWatchOutput",
  ];
  const compiler = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  stopping.push(async () => compiler.kill());
  let compilations = 0;
  createInterface({ input: compiler.stdout }).on("line", (line) => {
    if (/: error TS/.test(line)) return say(line);
    if (!/Found 0 errors/.test(line)) return;
    if (compilations++ === 0) return; // what was just built runs already
    followSchema();
    say("the server has compiled: the API and the worker start again");
    api.restart();
    worker.restart();
  });
}

function followSchema() {
  const file = "server/schema.graphql";
  const before = readFileSync(file, "utf8");
  spawnSync(process.execPath, ["dist/server/graphql/publish-schema.js", file], { stdio: "inherit" });
  if (readFileSync(file, "utf8") === before) return;
  say(`${file} has changed: the dashboard's types follow`);
  spawnSync(process.execPath, ["scripts/build.mjs", "--only", "dashboard-types"], { stdio: "inherit" });
}
