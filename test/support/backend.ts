/** The stores, bus and queue of one process on a database of the suite's own, wired as compose.ts does. */
import { randomUUID } from "node:crypto";
import { createCheckpointStore } from "../../server/db/checkpoint-store.ts";
import { connectDatabase, type Database } from "../../server/db/client.ts";
import { priceSeriesStore } from "../../server/db/price-series-store.ts";
import { createRunJournal } from "../../server/db/run-journal.ts";
import { createRunStore } from "../../server/db/run-store.ts";
import { sqlOf, transactionsOf } from "../../server/db/transaction.ts";
import { createWorkerRegistry } from "../../server/db/worker-registry.ts";
import { emptyTable } from "../../server/domain/bar-table.ts";
import { createAnnouncer } from "../../server/live/announcer.ts";
import { connectEventBus } from "../../server/live/event-bus.ts";
import type { NewRun, Run } from "../../server/ports/runs.ts";
import { createTestDatabase } from "./database.ts";
import { smallConfig } from "./small-config.ts";

/** What one process has; several may share a database. */
export async function connectBackend(url: string) {
  const { prisma, pool, close }: Database = connectDatabase(url, { maxConnections: 6 });
  const announcer = createAnnouncer(sqlOf);
  const bus = await connectEventBus({ url, sqlOf });
  return {
    url,
    prisma,
    pool,
    bus,
    transaction: transactionsOf(prisma),
    runs: createRunStore(prisma, announcer),
    journal: createRunJournal(prisma, announcer),
    checkpoints: createCheckpointStore(prisma),
    workers: createWorkerRegistry(prisma),
    async close() {
      await bus.close();
      await close();
    },
  };
}
export type Backend = Awaited<ReturnType<typeof connectBackend>>;

export async function openTestBackend(): Promise<Backend & { drop(): Promise<void> }> {
  const database = await createTestDatabase();
  const backend = await connectBackend(database.url);
  return {
    ...backend,
    async drop() {
      await backend.close();
      await database.drop();
    },
  };
}

/** A series without bars: all that a run needs to exist. */
export async function givenSeries(backend: Pick<Backend, "prisma" | "pool">): Promise<string> {
  const identity = { symbol: `S-${randomUUID()}`, name: null, currency: null, timezone: "UTC" };
  const { series } = await priceSeriesStore(backend).merge(identity, emptyTable, { dryRun: false });
  return series!.id;
}

export async function givenRun(backend: Backend, run: Partial<NewRun> = {}): Promise<Run> {
  const seriesId = run.seriesId ?? (await givenSeries(backend));
  const series = await backend.prisma.priceSeries.findUniqueOrThrow({ where: { id: seriesId } });
  return backend.transaction((tx) =>
    backend.runs.create(tx, {
      name: "a run",
      seriesVersionId: series.versionId!,
      config: smallConfig,
      requestedEngine: "AUTO",
      priority: 0,
      warnings: [],
      experimentId: null,
      scheduleId: null,
      idempotencyKey: null,
      requestHash: null,
      ...run,
      seriesId,
    }),
  );
}
