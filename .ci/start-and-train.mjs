/**
 * Starts Gatecast as a user would, trains a small run through the API, stops it with SIGTERM, and looks whether
 * anything is left running and whether the next start finds the run.
 */
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";

const patienceMs = 180_000;
const port = await freePort();
const data = mkdtempSync(join(tmpdir(), "gatecast-ci-"));
const env = { ...process.env, PORT: String(port), GATECAST_DATA: data };

let gatecast = await start();
const runId = await trainSmallRun();
await expectPages(["/", "/system", `/runs/${runId}`]);
await expectSecondStartRefused();
await stopAndLookForLeftovers();

gatecast = await start();
const { run } = await ask("query ($id: ID!) { run(id: $id) { status } }", { id: runId });
assert.equal(run?.status, "SUCCEEDED", "the next start finds the run");
await stopAndLookForLeftovers();
rmSync(data, { recursive: true, force: true });
console.log("start, train, stop and start again: all is well");

async function start() {
  const startedAt = performance.now();
  const process = spawn("npm", ["start"], { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(process, "exit").then(([code]) => code);
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: process.stdout }).on("line", (line) => {
      console.log(`  ${line}`);
      const address = /^Gatecast is at (\S+)$/.exec(line)?.[1];
      if (address !== undefined) resolve(address);
    });
    ended.then((code) => reject(new Error(`npm start ended with code ${code}`)));
    setTimeout(() => reject(new Error("npm start gave no address in time")), patienceMs).unref();
  });
  assert.equal(url, `http://127.0.0.1:${port}`);
  console.log(`started in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  return { process, ended };
}

async function ask(query, variables) {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data: answer, errors } = await response.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return answer;
}

/** @returns {Promise<string>} the run's id, once it has succeeded */
async function trainSmallRun() {
  const sample = await until("the first training is queued", async () => {
    const { runs } = await ask("{ runs { edges { node { id priceSeries { id barCount } } } } }");
    return runs.edges[0]?.node;
  });
  assert.ok(sample.priceSeries.barCount > 5_000, "the sample series is imported");
  await ask("mutation { cancelTrainings(filter: {}) { cancelled } }");
  const input = { priceSeriesId: sample.priceSeries.id, window: 20, layers: [{ units: 8 }], epochs: 2 };
  const { startTraining } = await ask(
    "mutation ($input: StartTrainingInput!) { startTraining(input: $input) { run { id } } }",
    { input },
  );
  const fields = "status error { message } epochs { trainLoss } scores { split model { mae } naive { mae } }";
  const trained = await until("the small run has ended", async () => {
    const { run } = await ask(`query ($id: ID!) { run(id: $id) { ${fields} } }`, {
      id: startTraining.run.id,
    });
    return ["SUCCEEDED", "FAILED", "CANCELLED"].includes(run.status) ? run : undefined;
  });
  assert.equal(trained.status, "SUCCEEDED", trained.error?.message);
  assert.equal(trained.epochs.length, 2);
  const test = trained.scores.find(({ split }) => split === "TEST");
  assert.ok(test.model.mae > 0 && test.naive.mae > 0, "the naive forecast's score stands beside the model's");
  console.log(
    `trained: mean absolute error ${test.model.mae.toFixed(2)}, naive ${test.naive.mae.toFixed(2)}`,
  );
  return startTraining.run.id;
}

async function expectPages(paths) {
  for (const path of paths) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    assert.equal(response.status, 200, path);
    assert.match(await response.text(), /<html/, path);
  }
}

async function expectSecondStartRefused() {
  const second = spawn("npm", ["start"], { env: { ...env, PORT: "0" }, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [second.stdout, second.stderr]) stream.on("data", (text) => (output += text));
  const [code] = await once(second, "exit");
  assert.notEqual(code, 0, "a second start on the same data is refused");
  assert.match(output, new RegExp(`already running .+http://127.0.0.1:${port}`));
}

async function stopAndLookForLeftovers() {
  const processes = ours();
  assert.ok(processes.length >= 4, `npm, supervisor, API, worker and database run: ${processes.length}`);
  const startedAt = performance.now();
  gatecast.process.kill("SIGTERM");
  await gatecast.ended;
  console.log(`stopped in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  const left = processes.filter(({ pid, args }) => all().some((now) => now.pid === pid && now.args === args));
  assert.deepEqual(left, [], "no process stays behind");
  assert.equal(await isOpen(), false, "the port is closed");
}

/** Everything below npm, and the database, which is nobody's child. */
function ours() {
  const processes = all();
  const found = new Set(
    processes.filter(({ pid, args }) => pid === gatecast.process.pid || args.includes(data)),
  );
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    const pids = new Set([...found].map(({ pid }) => pid));
    for (const process of processes) if (pids.has(process.parent)) found.add(process);
  }
  return [...found].filter(({ args }) => !args.startsWith("ps "));
}

function all() {
  const lines = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" }).trim().split("\n");
  return lines.map((line) => {
    const [pid, parent, ...args] = line.trim().split(/\s+/);
    return { pid: Number(pid), parent: Number(parent), args: args.join(" ") };
  });
}

function isOpen() {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("close", () => socket.destroy());
  });
}

async function until(what, look) {
  for (let waited = 0; waited < patienceMs; waited += 250) {
    const found = await look();
    if (found !== undefined) return found;
    await delay(250);
  }
  throw new Error(`waited ${patienceMs / 1000} s in vain until ${what}`);
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
