/** A worker process: trains what is queued, one run at a time. Any number of them share one database. */
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { createCheckpointStore } from "./db/checkpoint-store.ts";
import { connectDatabase } from "./db/client.ts";
import { isDatabaseAway } from "./db/database-away.ts";
import { priceSeriesStore } from "./db/price-series-store.ts";
import { createRunJournal } from "./db/run-journal.ts";
import { createRunStore } from "./db/run-store.ts";
import { sqlOf, transactionsOf } from "./db/transaction.ts";
import { createWorkerRegistry } from "./db/worker-registry.ts";
import { loadEngine, probeEngines } from "./engine/catalogue.ts";
import { createAnnouncer } from "./events/announcer.ts";
import { connectEventBus } from "./events/event-bus.ts";
import { createLogger } from "./log.ts";
import { openTrainingQueue } from "./queue/training-queue.ts";
import { requeueLostRuns } from "./services/requeue-lost-runs.ts";
import { readServerSettings, settingsOrExit } from "./settings.ts";
import { cannotStartCode, reportToSupervisor, whenToldToStop } from "./supervisor/messages.ts";
import { startWorker } from "./worker/worker.ts";

/** After SIGTERM a process has 5 s to be gone; what is not done by then is done by the lease's end. */
const drainWithinMs = 4_500;

const settings = settingsOrExit(readServerSettings);
const log = createLogger("worker", settings.logLevel);

const engines = await probeEngines();
for (const { engine, available, detail, batchMs } of engines)
  log.info({ engine, available, detail, batchMs }, "engine");
const [fastest] = engines
  .filter(({ available }) => available)
  .sort((a, b) => (a.batchMs ?? Number.MAX_VALUE) - (b.batchMs ?? Number.MAX_VALUE));
if (!fastest) {
  const reasons = engines.map(({ engine, detail }) => `  ${engine}: ${detail}`).join("\n");
  process.stderr.write(`This machine can train on no engine:\n${reasons}\n`);
  process.exit(cannotStartCode);
}

const url = settings.databaseUrl;
const onLost = (error: Error) => log.warn({ error: error.message }, "a connection to the database was lost");
const database = connectDatabase(url, { maxConnections: 4, onConnectionLost: onLost });
const { prisma } = database;
const announcer = createAnnouncer(sqlOf);
const bus = await connectEventBus({ url, sqlOf, onLost });
const jobs = await openTrainingQueue({ url, sqlOf, onError: onLost });
const transaction = transactionsOf(prisma);
const runs = createRunStore(prisma, announcer);
const journal = createRunJournal(prisma, announcer);
const workers = createWorkerRegistry(prisma);

const device = fastest.device ?? fastest.engine;
const worker = await startWorker(
  {
    transaction,
    series: priceSeriesStore(database),
    runs,
    journal,
    checkpoints: createCheckpointStore(prisma),
    bus,
    engines,
    loadEngine: keptEngines(),
    isDatabaseAway,
    onProgress: (progress) => reportToSupervisor({ type: "progress", ...progress }),
    log,
    jobs,
    workers,
  },
  { id: randomUUID(), host: hostname(), device },
);

const requeueLost = requeueLostRuns({ transaction, runs, journal, workers });
const lookEveryMs = 5_000;
const looking = setInterval(() => {
  requeueLost().catch((error: unknown) => log.warn({ error: String(error) }, "could not look for lost runs"));
}, lookEveryMs);

whenToldToStop(async () => {
  log.info("stopping");
  const late = setTimeout(() => {
    log.warn("could not give the run back in time: another worker takes it when its lease ends");
    process.exit(0);
  }, drainWithinMs);
  clearInterval(looking);
  await worker.drain();
  await jobs.close(1_000);
  await bus.close();
  await database.close();
  clearTimeout(late);
});

reportToSupervisor({ type: "ready", device });
log.info({ device, engine: fastest.engine }, "ready");

/** An engine is loaded once and kept: the next run starts without the wait. */
function keptEngines(): typeof loadEngine {
  const loaded = new Map<string, ReturnType<typeof loadEngine>>();
  return (name) => {
    const engine = loaded.get(name) ?? loadEngine(name);
    loaded.set(name, engine);
    engine.catch(() => loaded.delete(name));
    return engine;
  };
}
