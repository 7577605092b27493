/**
 * A storm over a whole installation: workers, APIs and PostgreSQL are killed, stopped and restarted, their connections
 * cut and frozen, APIs made to stand still, the database's disk filled, while runs train and followers watch. At the end every run must be what it would be without a storm,
 * but for the one that kills its workers itself (doom.mjs): that one must be given up.
 *
 *   npm run chaos                     110 faults, about 10 minutes on 2 cores
 *   npm run chaos -- --short          12 faults, about a minute
 *   npm run chaos -- --seed 4711      the same runs, followers and faults as that storm; the moment at which each
 *                                     process meets them is the machine's
 */
import pg from "pg";
import { createApiClient } from "./client.mjs";
import { install } from "./installation.mjs";
import { readOptions } from "./options.mjs";
import { planBrokenOffStarts, planFaults, planModels } from "./plan.mjs";
import { readRecord } from "./record.mjs";
import { importSeries, requestsOn, trainUndisturbed } from "./runs.mjs";
import { raiseStorm } from "./storm.mjs";
import { judge } from "./verdict.mjs";

const { short, seed, faults: faultCount } = askedFor();
const storm = short
  ? { count: faultCount, shortestPauseMs: 1_000, longestPauseMs: 4_000, longestFreezeMs: 3_000, epochs: 50 }
  : {
      count: faultCount,
      shortestPauseMs: 2_000,
      longestPauseMs: 8_000,
      longestFreezeMs: 16_000,
      epochs: 100,
    };

const begun = performance.now();
const say = (what) =>
  console.log(`${((performance.now() - begun) / 1000).toFixed(1).padStart(7)} s  ${what}`);
const complaints = [];
const complain = (what) => {
  complaints.push(what);
  say(`WRONG: ${what}`);
};
const counts = new Map();
const count = (what) => counts.set(what, (counts.get(what) ?? 0) + 1);

const asked = [short && "--short", `--faults ${faultCount}`, `--seed ${seed}`];
const repeat = `npm run chaos -- ${asked.filter(Boolean).join(" ")}`;
say(`seed ${seed}, ${storm.count} faults; to repeat it: ${repeat}`);
const faults = planFaults(seed, storm);
const models = planModels(seed, storm.epochs);

const brokenOffMs = planBrokenOffStarts(seed);
const installation = await install({ complain, say, brokenOffMs });
say(`installed in ${installation.folder}, after ${brokenOffMs.length} starts that were broken off`);
for (const signal of ["SIGINT", "SIGTERM"])
  process.once(signal, async () => {
    await installation.close({ keepFolder: false });
    process.exit(130);
  });
const { endpoints } = installation;
const client = createApiClient({ endpoints, complain, count });
let runs = [];
try {
  const requestOf = requestsOn(await importSeries(client), models, await cpuEngine());
  const undisturbed = await trainUndisturbed({ client, models, requestOf, endpoints, complain, read });
  say(`${models.length} models trained undisturbed`);
  const raised = await raiseStorm({
    ...{ seed, faults, requestOf, say, complain, count },
    site: { client, endpoints, strike: installation.strike, watchWorkers: installation.watchWorkers },
    planning: { models: models.length, epochs: storm.epochs },
  });
  runs = raised.runs;
  await installation.allUp();
  await judgeAll(undisturbed, raised.workerKills);
  await judgeWorkers();
} catch (error) {
  complain(`the storm could not go on: ${error.stack}`);
}
await installation.close({ keepFolder: complaints.length > 0 });
report();
process.exitCode = complaints.length > 0 ? 1 : 0;

async function judgeAll(undisturbed, workerKills) {
  for (const run of runs) {
    const record = await read(run.id);
    const during = workerKills.filter(
      (at) => at >= record.run?.startedAt && at <= record.run?.finishedAt,
    ).length;
    count(`runs ${record.run?.status}`);
    if (record.run?.attempts > 1) count("runs that changed hands");
    const found = judge({ run, record, undisturbed: undisturbed[run.plan.model], workerKills: during });
    for (const sentence of found) complain(sentence);
  }
}

/** After the storm, who works is there and idle, and nobody who is lost trains anything. */
async function judgeWorkers() {
  const { workers } = await client.ask("{ workers { status currentRun { id } } }");
  const idle = workers.filter(({ status }) => status === "IDLE").length;
  if (idle !== 2) complain(`2 idle workers should be there: ${JSON.stringify(workers)}`);
  for (const { status, currentRun } of workers)
    if (currentRun && status !== "BUSY")
      complain(`a worker that is ${status} says that it trains ${currentRun.id}`);
}

/** The one that trains here: the same for all runs, so that they can be the same to the last bit. */
async function cpuEngine() {
  const { engines } = await client.ask("{ engines { engine available } }");
  return ["NATIVE", "WASM"].find((name) =>
    engines.some(({ engine, available }) => engine === name && available),
  );
}

async function read(runId) {
  const database = new pg.Client({ connectionString: installation.databaseUrl });
  await database.connect();
  try {
    return await readRecord(database, runId);
  } finally {
    await database.end();
  }
}

function report() {
  const kinds = new Map();
  for (const { kind } of faults) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const told = runs.flatMap((run) => run.told).reduce((sum, { sequences }) => sum + sequences.length, 0);
  console.log(
    `\n${faults.length} faults: ${[...kinds].map(([kind, times]) => `${times} ${kind}`).join(", ")}`,
  );
  console.log(`${runs.length} runs: ${[...counts].map(([what, times]) => `${times} ${what}`).join(", ")}`);
  console.log(`${runs.length * 3} followers were told ${told} events`);
  if (complaints.length === 0) return console.log("All is as if there had been no storm.");
  console.log(
    `\n${complaints.length} things are wrong:\n${complaints.map((what) => `  ${what}`).join("\n")}`,
  );
  console.log(`The logs and the database are in ${installation.folder}. To repeat it: ${repeat}`);
}

function askedFor() {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(error.message);
    return process.exit(2);
  }
}
