/** Wires the ports to what implements them: the one place that knows which store, queue and bus there are. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readerThreads } from "./csv/thread/reader-threads.ts";
import { type CheckpointPlaces, createCheckpointStore } from "./db/checkpoint-store.ts";
import { connectDatabase, type Database } from "./db/client.ts";
import { createExperimentStore } from "./db/experiment-store.ts";
import { createForecastStore } from "./db/forecast-store.ts";
import { createHealthCheck } from "./db/health-check.ts";
import { type MigrationOutcome, migrate } from "./db/migrate.ts";
import { priceSeriesStore } from "./db/price-series-store.ts";
import { puttingOff } from "./db/put-off.ts";
import { admitRole, type Role } from "./db/roles.ts";
import { createRunJournal } from "./db/run-journal.ts";
import { createRunRetention } from "./db/run-retention.ts";
import { createRunStore } from "./db/run-store.ts";
import { createScheduleStore } from "./db/schedule-store.ts";
import { sqlOf, transactionsOf } from "./db/transaction.ts";
import { type OnUnreadable, toldOnce } from "./db/unreadable.ts";
import { watchedConnections } from "./db/watched-client.ts";
import { createWorkerRegistry } from "./db/worker-registry.ts";
import { packageRoot } from "./engine/package-root.ts";
import { createAnnouncer } from "./live/announcer.ts";
import { connectEventBus } from "./live/event-bus.ts";
import { followRun } from "./live/follow-run.ts";
import { watchRuns } from "./live/watch-runs.ts";
import type { Logger } from "./log.ts";
import { readyNetworks } from "./machine/ready-networks.ts";
import type { ReadyNetworks } from "./ports/models.ts";
import { openTrainingQueue } from "./queue/training-queue.ts";
import { pinBaseline, unpinBaseline } from "./services/baseline.ts";
import { bestOfRuns } from "./services/best-of-runs.ts";
import { cancelExperiment, cancelTraining, cancelTrainings } from "./services/cancel-training.ts";
import { deletePriceSeries, revertPriceSeries, updatePriceSeries } from "./services/change-price-series.ts";
import { createSchedule, deleteSchedule } from "./services/change-schedules.ts";
import { chartBars } from "./services/chart-bars.ts";
import { chartPredictions } from "./services/chart-predictions.ts";
import { deleteRuns } from "./services/delete-runs.ts";
import { experimentLeaderboard } from "./services/experiment-leaderboard.ts";
import { forecast } from "./services/forecast.ts";
import { importPredictions } from "./services/import-predictions.ts";
import { importPriceSeries } from "./services/import-price-series.ts";
import { listEngines } from "./services/list-engines.ts";
import { listWorkers } from "./services/list-workers.ts";
import { previewTraining } from "./services/preview-training.ts";
import { lookForLostRuns } from "./services/requeue-lost-runs.ts";
import { resumeTraining } from "./services/resume-training.ts";
import { seriesSummary } from "./services/series-summary.ts";
import type { Services } from "./services/services.ts";
import { setPriority } from "./services/set-priority.ts";
import { startExperiment } from "./services/start-experiment.ts";
import { startTraining } from "./services/start-training.ts";
import { trackRecord } from "./services/track-record.ts";
import { updateRuns } from "./services/update-runs.ts";
import type { ServerSettings } from "./settings/settings.ts";
import type { S3Address } from "./settings/store-addresses.ts";

type DatabaseSettings = Pick<ServerSettings, "databaseUrl">;

/** The stores, the queue and the bus of one process, connected to one database whose migrations are applied. */
export async function connectPorts(
  { databaseUrl: url }: DatabaseSettings,
  log: Logger,
  places: CheckpointPlaces = {},
) {
  const database = connectDatabase(url, {
    onConnectionLost: (err) => log.warn({ err }, "a database connection broke; another takes its place"),
  });
  const opened: { close(): Promise<void> }[] = [database];
  const close = async () => {
    // Closes in reverse order: the queue and the bus need the database until they are closed.
    for (const part of opened.reverse()) await part.close();
  };
  try {
    const queue = await openTrainingQueue({
      url,
      connections: watchedConnections,
      sqlOf,
      onError: (err) => log.warn({ err }, "the queue could not reach the database; it tries again"),
    });
    opened.push({ close: () => queue.close() });
    const bus = await connectEventBus({
      url,
      sqlOf,
      onLost: (err) => log.warn({ err }, "the listening connection broke; it comes back by itself"),
      onListenerError: (err) => log.error({ err }, "a listener failed"),
    });
    opened.push(bus);
    const onUnreadable = toldOnce((row, reason) =>
      log.warn({ row, reason }, "what another version of Gatecast wrote is passed over"),
    );
    const stores = portsOf(database, { onTrouble: log.warn.bind(log), ...places }, onUnreadable);
    // Before the database: deletions in the background still read from it.
    opened.push(stores.checkpoints);
    return { ...stores, retention: createRunRetention(stores), queue, bus, database, close };
  } catch (error) {
    await close();
    throw error;
  }
}
export type Ports = Awaited<ReturnType<typeof connectPorts>>;

function portsOf({ prisma, pool }: Database, places: CheckpointPlaces, onUnreadable: OnUnreadable) {
  const announcer = createAnnouncer(sqlOf);
  return {
    transaction: transactionsOf(prisma),
    series: priceSeriesStore({ prisma, pool }),
    experiments: createExperimentStore(prisma),
    schedules: createScheduleStore(prisma),
    runs: createRunStore(prisma, announcer, onUnreadable),
    forecasts: createForecastStore(prisma),
    journal: createRunJournal(prisma, announcer, onUnreadable),
    checkpoints: createCheckpointStore(prisma, places),
    workers: createWorkerRegistry(prisma, onUnreadable),
  };
}

/** For workers; the API never looks at a checkpoint. Null is PostgreSQL. */
export async function openCheckpointStores({
  checkpointStore,
  checkpointStoreBefore,
}: Pick<ServerSettings, "checkpointStore" | "checkpointStoreBefore">) {
  if (!checkpointStore && !checkpointStoreBefore) return { objects: null, objectsBefore: null };
  // Loading it takes 0.4 s, so only workers that use it load it.
  const { openS3 } = await import("./objects/s3.ts");
  const open = (address: S3Address | null) => address && openS3(address);
  return { objects: open(checkpointStore), objectsBefore: open(checkpointStoreBefore) };
}

/**
 * Everything that only the database's owner can do: brings the tables and the queue's up to date, and lets a plain role
 * work on them. @throws MigrationFailed
 */
export async function prepareDatabase(ownerUrl: string, role: Role): Promise<MigrationOutcome> {
  const outcome = await migrate(ownerUrl);
  const onError = (error: Error) => {
    throw error; // the start fails with it
  };
  await (await openTrainingQueue({ url: ownerUrl, connections: watchedConnections, sqlOf, onError })).close();
  await admitRole(ownerUrl, role);
  return outcome;
}

/** All that the API answers with. @param networks what predicts in this process */
export async function composeApi(
  settings: DatabaseSettings & Partial<Pick<ServerSettings, "maxWaitingRuns">>,
  log: Logger,
  networks: ReadyNetworks = readyNetworks(),
) {
  const ports = await connectPorts(settings, log);
  const { series, runs, bus, queue: jobs } = ports;
  const readers = readerThreads();
  const healthCheck = createHealthCheck(settings.databaseUrl);
  const onError = (err: unknown) =>
    log.warn({ err }, "the runs that changed could not be read; trying again");
  // The API looks as well: if the only worker is lost, no other worker can notice it.
  const lookout = await lookForLostRuns(ports, (err) => log.warn({ err }, "could not look for lost runs"));
  const onNotStored = (runId: string, err: unknown) =>
    log.warn({ runId, err }, "a forecast could not be stored, so nothing will hold it against what comes");
  const { version } = JSON.parse(await readFile(join(packageRoot, "package.json"), "utf8")) as {
    version: string;
  };
  const installation = {
    ...{ version, node: process.version },
    startedAt: new Date(Date.now() - process.uptime() * 1000),
  };
  const services: Services = puttingOff({
    importPriceSeries: importPriceSeries({ priceSeries: series, readCsv: readers.read }),
    chartBars: chartBars({ priceSeries: series }),
    revertPriceSeries: revertPriceSeries(ports),
    updatePriceSeries: updatePriceSeries(ports),
    seriesSummary: seriesSummary({ priceSeries: series }),
    deletePriceSeries: deletePriceSeries({ ...ports, jobs }),
    startTraining: startTraining({ ...ports, jobs, maxWaitingRuns: settings.maxWaitingRuns }),
    installation: async () => installation,
    previewTraining: previewTraining(ports),
    createSchedule: createSchedule({ ...ports, jobs, maxWaitingRuns: settings.maxWaitingRuns }),
    deleteSchedule: deleteSchedule(ports),
    importPredictions: importPredictions(ports),
    startExperiment: startExperiment({ ...ports, jobs, maxWaitingRuns: settings.maxWaitingRuns }),
    cancelExperiment: cancelExperiment({ ...ports, jobs }),
    experimentLeaderboard: experimentLeaderboard(ports),
    cancelTraining: cancelTraining({ ...ports, jobs }),
    setPriority: setPriority({ ...ports, jobs }),
    cancelTrainings: cancelTrainings({ ...ports, jobs }),
    resumeTraining: resumeTraining({ ...ports, jobs, maxWaitingRuns: settings.maxWaitingRuns }),
    updateRuns: updateRuns(ports),
    pinBaseline: pinBaseline(ports),
    unpinBaseline: unpinBaseline(ports),
    deleteRuns: deleteRuns({ ...ports, jobs }),
    chartPredictions: chartPredictions({ runs, series }),
    forecast: forecast({ ...ports, networks, onNotStored }),
    bestOfRuns: bestOfRuns(ports),
    trackRecord: trackRecord(ports),
    followRun: followRun(ports),
    runLog: ports.journal.readLog,
    watchRuns: watchRuns({ runs, bus, onError }),
    listEngines: listEngines(ports),
    listWorkers: listWorkers(ports),
    priceSeries: series,
    runs,
    experiments: ports.experiments,
    schedules: ports.schedules,
  });
  return {
    services,
    /** Rejects when the database does not answer. */
    ping: healthCheck.check,
    async close() {
      lookout.stop();
      await readers.close();
      await networks.close();
      await healthCheck.close();
      await ports.close();
    },
  };
}
