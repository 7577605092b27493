/** Workers that are present or were until just now, and what each can train on. Only the database's clock counts. */
import type { EngineFinding, WorkerInfo, WorkerRegistry } from "../ports/workers.ts";
import type { Prisma, PrismaClient } from "./generated/client.ts";
import { readEngineFinding } from "./stored-json.ts";
import { type OnUnreadable, orUnreadable } from "./unreadable.ts";

/** A worker whose last beat is older is lost; workers beat every 2 s. */
const lostAfterSeconds = 15;
const forgottenAfterSeconds = 3600;

interface WorkerRow {
  id: string;
  host: string;
  device: string;
  last_seen_at: Date;
  current_run_id: string | null;
  engines: unknown;
  lost: boolean;
}

export const createWorkerRegistry = (
  prisma: PrismaClient,
  onUnreadable: OnUnreadable = () => {},
): WorkerRegistry => ({
  async register({ id, host, device, deviceSlot, engines }) {
    const columns = {
      host,
      device,
      deviceSlot,
      engines: engines.map((engine) => ({ ...engine })) as Prisma.InputJsonArray,
    };
    await prisma.worker.upsert({ where: { id }, create: { id, ...columns }, update: columns });
    await prisma.$executeRaw`UPDATE worker SET last_seen_at = now(), stopped_at = NULL WHERE id = ${id}::uuid`;
    // Each start of a worker adds a row: deletes those that the list no longer shows.
    await prisma.$executeRaw`DELETE FROM worker WHERE last_seen_at < now() - interval '1 day'`;
  },

  async beat(id, currentRunId) {
    await prisma.$executeRaw`
      UPDATE worker SET last_seen_at = now(), current_run_id = ${currentRunId}::uuid WHERE id = ${id}::uuid`;
  },

  async leave(id) {
    await prisma.$executeRaw`
      UPDATE worker SET stopped_at = now(), current_run_id = NULL WHERE id = ${id}::uuid`;
  },

  async loseOthersOn(deviceSlot, holderId) {
    const lost = await prisma.$queryRaw<{ runId: string }[]>`
      WITH others AS (
        SELECT id, current_run_id FROM worker
        WHERE shared_device = ${deviceSlot} AND id <> ${holderId}::uuid
          AND stopped_at IS NULL AND current_run_id IS NOT NULL
        FOR UPDATE)
      UPDATE worker
      SET current_run_id = NULL,
          last_seen_at = LEAST(last_seen_at, now() - make_interval(secs => ${lostAfterSeconds + 1}))
      FROM others WHERE worker.id = others.id
      RETURNING others.current_run_id AS "runId"`;
    return lost.map(({ runId }) => runId);
  },

  async list() {
    const rows = await prisma.$queryRaw<WorkerRow[]>`
      SELECT id, host, device, last_seen_at, current_run_id, engines,
             last_seen_at < now() - make_interval(secs => ${lostAfterSeconds}) AS lost
      FROM worker
      WHERE stopped_at IS NULL AND last_seen_at > now() - make_interval(secs => ${forgottenAfterSeconds})
      ORDER BY started_at, id`;
    return rows.map(
      (row): WorkerInfo => ({
        id: row.id,
        host: row.host,
        device: row.device,
        status: row.lost ? "LOST" : row.current_run_id ? "BUSY" : "IDLE",
        lastSeenAt: row.last_seen_at,
        currentRunId: row.lost ? null : row.current_run_id,
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
