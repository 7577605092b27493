/** The workers that are, or just were, and what each can train on. The database's clock judges them all. */
import type { WorkerInfo, WorkerRegistry } from "../services/ports.ts";
import type { Prisma, PrismaClient } from "./generated/client.ts";
import { readEngineFindings } from "./json.ts";

/** A worker that was not heard of for so long is lost; it beats every 2 s. */
export const lostAfterSeconds = 15;
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

export const createWorkerRegistry = (prisma: PrismaClient): WorkerRegistry => ({
  async register({ id, host, device, engines }) {
    const columns = {
      host,
      device,
      engines: engines.map((engine) => ({ ...engine })) as Prisma.InputJsonArray,
    };
    await prisma.worker.upsert({ where: { id }, create: { id, ...columns }, update: columns });
    await prisma.$executeRaw`UPDATE worker SET last_seen_at = now(), stopped_at = NULL WHERE id = ${id}::uuid`;
    // Each start of a worker is a row; those that nobody sees any more go.
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
        engines: readEngineFindings(row.engines),
      }),
    );
  },
});
