/** Workers that are present or were until just now, and what each can train on. Only the database's clock counts. */
import type { EngineFinding, WorkerInfo, WorkerRegistry } from "../ports/workers.ts";
import { Prisma, type PrismaClient } from "./generated/client.ts";
import { readEngineFinding } from "./stored-json.ts";
import { type OnUnreadable, orUnreadable } from "./unreadable.ts";

/** A worker whose last beat is older is lost; workers beat every 2 s. */
const lostAfterSeconds = 15;
const forgottenAfterSeconds = 3600;

interface WorkerRow {
  id: string;
  host: string;
  device: string;
  name: string | null;
  started_at: Date;
  load: number | null;
  memory_bytes: bigint | null;
  last_seen_at: Date;
  current_run_ids: string[];
  engines: unknown;
  lost: boolean;
}

/** A worker of a release before several says one alone. */
const trainedBy = Prisma.sql`CASE WHEN current_run_ids = '{}' AND current_run_id IS NOT NULL
  THEN ARRAY[current_run_id] ELSE current_run_ids END`;

export const createWorkerRegistry = (
  prisma: PrismaClient,
  onUnreadable: OnUnreadable = () => {},
): WorkerRegistry => ({
  async register({ id, host, device, name, deviceSlot, engines }) {
    const columns = {
      host,
      device,
      name,
      deviceSlot,
      engines: engines.map((engine) => ({ ...engine })) as Prisma.InputJsonArray,
    };
    await prisma.worker.upsert({ where: { id }, create: { id, ...columns }, update: columns });
    await prisma.$executeRaw`UPDATE worker SET last_seen_at = now(), stopped_at = NULL WHERE id = ${id}::uuid`;
    // Each start of a worker adds a row: deletes those that the list no longer shows.
    await prisma.$executeRaw`DELETE FROM worker WHERE last_seen_at < now() - interval '1 day'`;
  },

  async beat(id, currentRunIds, now) {
    const all = [...currentRunIds];
    await prisma.$executeRaw`
      UPDATE worker SET last_seen_at = now(), current_run_id = ${all[0] ?? null}::uuid, current_run_ids = ${all}::uuid[],
                        load = ${now?.load ?? null}, memory_bytes = ${now?.memoryBytes ?? null}
      WHERE id = ${id}::uuid`;
  },

  async leave(id) {
    await prisma.$executeRaw`
      UPDATE worker SET stopped_at = now(), current_run_id = NULL, current_run_ids = '{}' WHERE id = ${id}::uuid`;
  },

  async loseOthersOn(deviceSlot, holderId) {
    const lost = await prisma.$queryRaw<{ runIds: string[] }[]>`
      WITH others AS (
        SELECT id, ${trainedBy} AS run_ids FROM worker
        WHERE shared_device = ${deviceSlot} AND id <> ${holderId}::uuid
          AND stopped_at IS NULL AND current_run_id IS NOT NULL
        FOR UPDATE)
      UPDATE worker
      SET current_run_id = NULL, current_run_ids = '{}',
          last_seen_at = LEAST(last_seen_at, now() - make_interval(secs => ${lostAfterSeconds + 1}))
      FROM others WHERE worker.id = others.id
      RETURNING others.run_ids::text[] AS "runIds"`;
    return lost.flatMap(({ runIds }) => runIds);
  },

  async list() {
    const rows = await prisma.$queryRaw<WorkerRow[]>`
      SELECT id, host, device, name, started_at, load, memory_bytes, last_seen_at, ${trainedBy}::text[] AS current_run_ids, engines,
             last_seen_at < now() - make_interval(secs => ${lostAfterSeconds}) AS lost
      FROM worker
      WHERE stopped_at IS NULL AND last_seen_at > now() - make_interval(secs => ${forgottenAfterSeconds})
      ORDER BY started_at, id`;
    return rows.map(
      (row): WorkerInfo => ({
        id: row.id,
        host: row.host,
        device: row.device,
        name: row.name,
        startedAt: row.started_at,
        load: row.lost ? null : row.load,
        memoryBytes: row.lost || row.memory_bytes === null ? null : Number(row.memory_bytes),
        status: row.lost ? "LOST" : row.current_run_ids.length > 0 ? "BUSY" : "IDLE",
        lastSeenAt: row.last_seen_at,
        currentRunIds: row.lost ? [] : row.current_run_ids,
        engines: findingsOf(row, onUnreadable),
      }),
    );
  },
});

/** Leaves out engines of a newer version that this one does not know, and keeps the worker. */
function findingsOf({ id, engines }: WorkerRow, onUnreadable: OnUnreadable): EngineFinding[] {
  const findings = Array.isArray(engines) ? engines : [engines];
  return findings
    .map((finding, index) =>
      orUnreadable(`engine ${index} of worker ${id}`, () => readEngineFinding(finding), onUnreadable),
    )
    .filter((finding) => finding !== null);
}
