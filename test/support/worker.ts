/** A worker in the test's own process, on the quick linear engine. */
import { randomUUID } from "node:crypto";
import { isDatabaseAway, shortageOf } from "../../server/db/database-away.ts";
import { priceSeriesStore } from "../../server/db/price-series-store.ts";
import { sqlOf } from "../../server/db/transaction.ts";
import { watchedConnections } from "../../server/db/watched-client.ts";
import type { RunEvent } from "../../server/domain/run-event.ts";
import { followRun } from "../../server/live/follow-run.ts";
import type { Run } from "../../server/ports/runs.ts";
import type { EngineFinding } from "../../server/ports/workers.ts";
import { openTrainingQueue } from "../../server/queue/training-queue.ts";
import { cancelTraining } from "../../server/services/cancel-training.ts";
import { resumeTraining } from "../../server/services/resume-training.ts";
import type { StartTrainingRequest } from "../../server/services/services.ts";
import { startTraining } from "../../server/services/start-training.ts";
import type { DeviceTurns, TrainingProgress, WorkerPorts } from "../../server/worker/ports.ts";
import { startWorker } from "../../server/worker/worker.ts";
import { type Backend, openTestBackend } from "./backend.ts";
import { LinearEngine } from "./linear-engine.ts";
import { barsOf, walk } from "./series.ts";
import { smallConfig } from "./small-config.ts";

export const wasmFound: EngineFinding = {
  engine: "WASM",
  available: true,
  detail: "found",
  device: "a linear model",
  batchMs: 1,
};

/** A device that nobody else wants. */
const deviceOfItsOwn: DeviceTurns = { contend: (turn) => void turn.begin(), release: async () => undefined };

/** A backend with a queue, a series of 120 bars, and the services that start, cancel and follow runs. */
export async function openTrainingBackend(given?: Backend) {
  const backend = given ? { ...given, drop: given.close } : await openTestBackend();
  const jobs = await openTrainingQueue({
    url: backend.url,
    connections: watchedConnections,
    sqlOf,
    onError: () => undefined,
  });
  const series = priceSeriesStore(backend);
  const identity = { symbol: "WALK", name: null, currency: null, timezone: "UTC" };
  const merged = await series.merge(identity, barsOf(walk(120)), { dryRun: false });
  const seriesId = merged.series!.id;
  const ports = { ...backend, jobs, series };
  const follow = followRun(ports);
  return {
    ...ports,
    seriesId,
    start: (request: Partial<StartTrainingRequest> = {}): Promise<Run> =>
      startTraining(ports)({ ...smallConfig, priceSeriesId: seriesId, ...request }),
    cancel: cancelTraining(ports),
    resume: resumeTraining(ports),
    follow,
    /** All events up to the final status. */
    async eventsOf(runId: string) {
      const events = [];
      for await (const event of follow(runId, 0)) events.push(event);
      return events;
    },
    /** Waits for the first event that `holds`. */
    async eventWhere(runId: string, holds: (event: RunEvent) => boolean) {
      for await (const event of follow(runId, 0)) if (holds(event)) return event;
      throw new Error(`run ${runId} ended without such an event`);
    },
    async close() {
      await jobs.close(1_000);
      await backend.drop();
    },
  };
}
export type TrainingBackend = Awaited<ReturnType<typeof openTrainingBackend>>;

export async function startTestWorker(backend: TrainingBackend, ports: Partial<WorkerPorts> = {}) {
  const jobs = await openTrainingQueue({
    url: backend.url,
    connections: watchedConnections,
    sqlOf,
    onError: () => undefined,
  });
  const engine = new LinearEngine();
  const progress: TrainingProgress[] = [];
  const errors: unknown[] = [];
  const warnings: unknown[] = [];
  let shortages = 0;
  const worker = await startWorker(
    {
      ...backend,
      jobs,
      device: deviceOfItsOwn,
      engines: [wasmFound],
      loadEngine: async () => engine,
      isDatabaseAway,
      shortageOf,
      onProgress: (now) => progress.push(now),
      log: {
        info: () => undefined,
        warn: (details, message) => {
          warnings.push(details);
          if (message.startsWith("the database has no space left")) shortages++;
        },
        error: (details) => errors.push(details),
      },
      ...ports,
    },
    { id: randomUUID(), host: "test", name: null, device: "a linear model", deviceSlot: randomUUID() },
  );
  return {
    engine,
    progress,
    errors,
    warnings,
    /** How often it found the database's disk full. */
    shortages: () => shortages,
    async drain() {
      await worker.drain();
      await jobs.close(1_000);
    },
  };
}
