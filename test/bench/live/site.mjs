/** A database of the bench's own, the stores of a worker connected to it, and API processes that are fresh for each case. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { connectPorts } from "../../../dist/server/compose.js";
import { migrate } from "../../../dist/server/db/migrate.js";
import { followRun } from "../../../dist/server/live/follow-run.js";
import { createLogger } from "../../../dist/server/log.js";
import { completeConfig } from "../../../dist/server/recipe/complete-config.js";
import { startTraining } from "../../../dist/server/services/start-training.js";
import { startEmbeddedPostgres } from "../../../dist/server/supervisor/embedded-postgres.js";

const built = (file) => fileURLToPath(new URL(`../../../dist/server/${file}`, import.meta.url));
const bars = 120;
const day = 86_400_000;

/** Small: what is stored beside the run's events does not matter to who listens. */
const config = completeConfig(
  {
    ...{ features: ["CLOSE"], window: 8, layers: [{ units: 8 }], epochs: 10_000, batchSize: 16 },
    ...{ learningRate: 0.01, seed: 7, testBars: 20, validationBars: 20 },
  },
  bars,
);

export async function openSite() {
  const folder = await mkdtemp(join(tmpdir(), "gatecast-bench-"));
  const postgres = await startEmbeddedPostgres(folder);
  await migrate(postgres.url);
  const ports = await connectPorts({ databaseUrl: postgres.url }, createLogger("bench", "error"));
  const identity = { symbol: "BENCH", name: null, currency: null, timezone: "UTC" };
  const { series } = await ports.series.merge(identity, walk(bars), { dryRun: false });
  const env = {
    ...process.env,
    DATABASE_URL: postgres.url,
    // What the worker learns of its engines is the bench's alone.
    XDG_CACHE_HOME: folder,
    ...{ PORT: "0", HOST: "127.0.0.1", LOG_LEVEL: "error" },
  };
  /** @returns the child, and the first message that is of `type`. */
  const start = async (file, type, options = {}) => {
    const child = fork(built(file), { env, stdio: ["ignore", "ignore", "inherit", "ipc"], ...options });
    const ended = once(child, "exit").then(([code]) => {
      throw new Error(`${file} ended with ${code} before it was ${type}`);
    });
    ended.catch(() => {}); // it ends when it is told to, too
    for (;;) {
      const [message] = await Promise.race([once(child, "message"), ended]);
      if (message.type === type) return { child, message };
    }
  };
  const stop = (child) => async () => {
    child.kill("SIGTERM");
    await once(child, "exit");
  };

  return {
    ports,
    /** A run that waits, and for which no worker comes: its job is not in the queue. */
    createRun: (name) =>
      ports.transaction(async (tx) => {
        const run = await ports.runs.create(tx, {
          ...{ name, seriesId: series.id, seriesVersionId: series.version.id, config },
          ...{ requestedEngine: "AUTO", priority: 0 },
          ...{ warnings: [], idempotencyKey: null, requestHash: null },
          ...{ experimentId: null, scheduleId: null },
        });
        await ports.journal.append(tx, run.id, { kind: "status", status: "QUEUED", message: null });
        return run;
      }),
    /** @param preload a module that the process loads first, which answers messages of its own. */
    async startApi({ preload, ...settings } = {}) {
      const execArgv = preload === undefined ? [] : ["--import", preload];
      const options = { execArgv, env: { ...env, ...settings } };
      const { child, message } = await start("main.api.js", "listening", options);
      return {
        url: message.url,
        async ask(question) {
          const answer = new Promise((resolve) => {
            const hear = (told) => {
              if (told.type !== question) return;
              child.off("message", hear);
              resolve(told);
            };
            child.on("message", hear);
          });
          child.send(question);
          return answer;
        },
        rssBytes: () => residentBytes(child.pid),
        cpuSeconds: () => cpuSeconds(child.pid),
        stop: stop(child),
      };
    },
    async startWorker() {
      const { child } = await start("main.worker.js", "ready");
      return { stop: stop(child) };
    },
    /** @returns its id */
    async addSeries(symbol, count) {
      const added = await ports.series.merge({ ...identity, symbol }, walk(count), { dryRun: false });
      return added.series.id;
    },
    /** A run of the smallest model there is, for a worker to take. */
    queueRun: (epochs, asked = {}) =>
      startTraining({ ...ports, jobs: ports.queue })({
        ...{ priceSeriesId: series.id, name: "tiny", layers: [{ units: 1 }], window: 2, epochs },
        ...{ batchSize: 128, testBars: 10, validationBars: 10, ...asked },
      }),
    /** Follows a run to its end. @returns the run, and how its epochs were stored, by the database's clock. */
    async ended({ id }) {
      let begun;
      let ended;
      for await (const { at, body } of followRun(ports)(id, 0)) {
        if (body.status === "RUNNING") begun = at;
        if (body.kind === "epoch") ended = at;
      }
      const counted = "SELECT count(DISTINCT xmin::text)::int AS count FROM run_epoch WHERE run_id = $1";
      const { rows } = await ports.database.pool.query(counted, [id]);
      return { run: await ports.runs.find(id), transactions: rows[0].count, seconds: (ended - begun) / 1000 };
    },
    async close() {
      await ports.close();
      await postgres.stop();
      for (const path of [await realpath(join(folder, "postgres")), folder])
        await rm(path, { recursive: true, force: true });
    },
  };
}

function walk(count) {
  const step = count > 10_000 ? day / 24 : day;
  const time = Float64Array.from({ length: count }, (_, i) => Date.UTC(2010, 0, 4) + i * step);
  const close = Float64Array.from(time, (_, i) => 100 + 10 * Math.sin(i / 7));
  const none = new Float64Array(count).fill(Number.NaN);
  return { time, open: close, high: close, low: close, close, adjustedClose: none, volume: none };
}

/** Of another process, as Linux tells it; NaN elsewhere. */
async function residentBytes(pid) {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) * 1024;
}

/** Spent by another process so far, as Linux tells it in hundredths of a second; NaN elsewhere. */
async function cpuSeconds(pid) {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
