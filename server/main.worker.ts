/** A worker process: trains what is queued, one run at a time. Any number of them share one database. */
import { randomUUID } from "node:crypto";
import { availableParallelism, hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { connectPorts, openCheckpointStores, type Ports } from "./compose.ts";
import { isDatabaseAway, isNotMigrated, shortageOf } from "./db/database-away.ts";
import { createDeviceLock } from "./db/device-lock.ts";
import { createLogger, logConsole, logProcessWarnings } from "./log.ts";
import { loadEngine, probeEngines } from "./machine/catalogue.ts";
import { openProbeMemory } from "./machine/probe-memory.ts";
import { StoreAway } from "./ports/checkpoints.ts";
import { redactor } from "./secrets.ts";
import { keepSchedules } from "./services/attend-schedules.ts";
import { chooseEngine } from "./services/choose-engine.ts";
import { keepClean } from "./services/clean-up.ts";
import { lookForLostRuns } from "./services/requeue-lost-runs.ts";
import { cacheFolder } from "./settings/cache-folder.ts";
import { readServerSettings, settingsOrExit } from "./settings/settings.ts";
import { cannotStartCode, reportToSupervisor, whenToldToStop } from "./supervisor/messages.ts";
import { keepYoung } from "./worker/health-file.ts";
import { keptEngines } from "./worker/kept-engines.ts";
import { machineId } from "./worker/machine.ts";
import { startWorker } from "./worker/worker.ts";

/** After SIGTERM a process has 5 s to end. A run that it has not given back by then is requeued when its lease ends. */
const drainWithinMs = 4_500;
/** One small run a core, or one experiment's runs together on a card; each has a connection's worth of storing to do. */
const mostOnProcessor = 4;
const mostOnCard = 8;
/** How long to wait for a database or a store that is just starting, or for the API to apply the migrations. */
const waitAtStartMs = 60_000;

const settings = settingsOrExit(readServerSettings);
const log = createLogger("worker", settings.logLevel);
logProcessWarnings(log);
logConsole(log);
// From the first moment on: the database that this process waits for may never come.
let stop = async (): Promise<void> => {};
whenToldToStop(() => stop());

const stopHealth = settings.healthFile ? keepYoung(settings.healthFile) : () => {};
const engines = await probeEngines(openProbeMemory(cacheFolder(process.env)));
for (const found of engines) log.info(found, "engine");
const fastest = chooseEngine("AUTO", null, engines);
if (!fastest) {
  const reasons = engines.map(({ engine, detail }) => `  ${engine}: ${detail}`).join("\n");
  process.stderr.write(`This machine has no engine to train on.\n${reasons}\n`);
  process.exit(cannotStartCode);
}

const stores = await openCheckpointStores(settings);
await whenStoresAreReady();
const ports = await whenDatabaseIsReady();
const { device } = fastest;
const deviceSlot = `${machineId()} ${settings.workerDevice ?? ""}`;
const lookout = await lookForLostRuns(ports, (err) => log.warn({ err }, "could not look for lost runs"));
const cleaning = keepClean(ports, settings.retentionDays, (err) =>
  log.warn({ err: String(err) }, "could not clean up; trying again in ten minutes"),
);
const schedules = keepSchedules(
  { ...ports, jobs: ports.queue, maxWaitingRuns: settings.maxWaitingRuns },
  (err) => log.warn({ err: String(err) }, "could not look at the schedules; trying again in ten seconds"),
);
const worker = await startWorker(
  {
    ...ports,
    jobs: ports.queue,
    device: createDeviceLock({
      url: settings.databaseUrl,
      device: deviceSlot,
      onWaiting: () =>
        log.warn(
          "another worker trains on this machine: standing by (WORKER_DEVICE names what is this one's own)",
        ),
      onLost: (err) => log.warn({ err }, "the device's connection broke; it comes back by itself"),
    }),
    engines,
    besideEachOther: {
      onProcessor: Math.min(availableParallelism(), mostOnProcessor),
      onCard: mostOnCard,
    },
    loadEngine: keptEngines(loadEngine),
    isDatabaseAway,
    shortageOf,
    onProgress: (progress) => reportToSupervisor({ type: "progress", ...progress }),
    log,
  },
  { id: randomUUID(), host: hostname(), name: settings.workerDevice, device, deviceSlot },
);

stop = async () => {
  log.info("stopping");
  stopHealth();
  setTimeout(() => {
    log.warn("could not leave in good order in time: a run in hand goes on elsewhere when its lease ends");
    process.exit(0);
  }, drainWithinMs).unref();
  lookout.stop();
  cleaning.stop();
  schedules.stop();
  await worker.drain();
  await ports.close();
  for (const store of Object.values(stores)) store?.close();
};

log.info({ device, engine: fastest.engine }, "ready");
reportToSupervisor({ type: "ready", device });

async function whenDatabaseIsReady(): Promise<Ports> {
  const giveUpAt = Date.now() + waitAtStartMs;
  for (;;) {
    let connected: Ports | null = null;
    try {
      connected = await connectPorts(settings, log, stores);
      await connected.workers.list();
      return connected;
    } catch (err) {
      await connected?.close();
      if (Date.now() > giveUpAt || !(isDatabaseAway(err) || isNotMigrated(err))) throw err;
      log.warn({ err: String(err) }, "waiting for the database and its migrations");
      await sleep(500);
    }
  }
}

async function whenStoresAreReady(): Promise<void> {
  const giveUpAt = Date.now() + waitAtStartMs;
  for (const store of Object.values(stores)) {
    for (let ready = store === null; !ready; ) {
      try {
        await store?.check();
        ready = true;
      } catch (error) {
        if (!(error instanceof StoreAway)) throw error;
        if (error.refused || Date.now() > giveUpAt) {
          process.stderr.write(`Gatecast's worker cannot start: ${redactor(process.env)(error.message)}\n`);
          process.exit(error.refused ? cannotStartCode : 1);
        }
        log.warn({ reason: error.message }, "waiting for the store of checkpoints");
        await sleep(500);
      }
    }
  }
}
