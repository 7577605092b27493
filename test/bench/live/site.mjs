/** A database of the bench's own, the stores of a worker connected to it, and API processes that are fresh for each case. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { connectPorts } from "../../../dist/server/compose.js";
import { migrate } from "../../../dist/server/db/migrate.js";
import { createLogger } from "../../../dist/server/log.js";
import { startEmbeddedPostgres } from "../../../dist/server/supervisor/embedded-postgres.js";

const apiFile = fileURLToPath(new URL("../../../dist/server/main.api.js", import.meta.url));

/** Small: what is stored beside the run's events does not matter to who listens. */
const config = {
  ...{ target: "CLOSE", transform: "PRICE", features: ["CLOSE"], window: 8, horizon: 1, resetAfter: true },
  ...{ layers: [{ units: 8, dropout: 0 }], epochs: 10_000, batchSize: 16, learningRate: 0.01, seed: 7 },
  ...{ testBars: 20, validationBars: 20, validateOnTest: false, scalerFit: "TRAIN" },
};

export async function openSite() {
  const folder = await mkdtemp(join(tmpdir(), "gatecast-bench-"));
  const postgres = await startEmbeddedPostgres(folder);
  await migrate(postgres.url);
  const ports = await connectPorts({ databaseUrl: postgres.url }, createLogger("bench", "error"));
  const { id: seriesId } = await ports.database.prisma.priceSeries.create({
    data: { symbol: "BENCH", timezone: "UTC", contentHash: "none" },
  });

  return {
    ports,
    /** A run that waits, and for which no worker comes: its job is not in the queue. */
    createRun: (name) =>
      ports.transaction(async (tx) => {
        const run = await ports.runs.create(tx, {
          ...{ name, seriesId, seriesContentHash: "none", config, requestedEngine: "AUTO", priority: 0 },
          ...{ warnings: [], idempotencyKey: null, requestHash: null },
        });
        await ports.journal.append(tx, run.id, { kind: "status", status: "QUEUED", message: null });
        return run;
      }),
    async startApi() {
      const env = {
        ...process.env,
        DATABASE_URL: postgres.url,
        PORT: "0",
        HOST: "127.0.0.1",
        LOG_LEVEL: "error",
      };
      const child = fork(apiFile, { env, stdio: ["ignore", "ignore", "inherit", "ipc"] });
      const [{ url }] = await once(child, "message");
      return {
        url,
        rssBytes: () => residentBytes(child.pid),
        cpuSeconds: () => cpuSeconds(child.pid),
        async stop() {
          child.kill("SIGTERM");
          await once(child, "exit");
        },
      };
    },
    async close() {
      await ports.close();
      await postgres.stop();
      for (const path of [await realpath(join(folder, "postgres")), folder])
        await rm(path, { recursive: true, force: true });
    },
  };
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
