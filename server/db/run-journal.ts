/** The events of runs, numbered without a gap and announced by the transaction that stores them. */
import type { RunEvent } from "../domain/run-event.ts";
import type { Announcer, RunJournal } from "../services/ports.ts";
import type { PrismaClient } from "./generated/client.ts";
import { readRunEventBody } from "./json.ts";
import { isUuid } from "./run-row.ts";
import { clientOf } from "./transaction.ts";

export const createRunJournal = (prisma: PrismaClient, announcer: Announcer): RunJournal => ({
  async append(tx, runId, body) {
    const { kind, ...rest } = body;
    // The update locks the run's row until the transaction ends, so numbers are given in the order of commits,
    // and a transaction that is rolled back gives its number back.
    const [row] = await clientOf(tx).$queryRaw<{ sequence: number; at: Date }[]>`
      WITH numbered AS (
        UPDATE run SET last_sequence = last_sequence + 1 WHERE id = ${runId}::uuid RETURNING last_sequence
      )
      INSERT INTO run_event (run_id, sequence, at, kind, body)
      SELECT ${runId}::uuid, last_sequence, clock_timestamp(), ${kind}, ${JSON.stringify(rest)}::jsonb FROM numbered
      RETURNING sequence, at`;
    if (!row) throw new Error(`there is no run ${runId}`);
    const event: RunEvent = { runId, sequence: row.sequence, at: row.at, body };
    await announcer.runEvent(tx, event);
    return event;
  },

  async read(runId, after, limit) {
    if (!isUuid(runId)) return [];
    const rows = await prisma.runEvent.findMany({
      where: { runId, sequence: { gt: after } },
      orderBy: { sequence: "asc" },
      take: limit,
    });
    return rows.map(({ sequence, at, kind, body }) => ({
      runId,
      sequence,
      at,
      body: readRunEventBody({ ...(body as object), kind }),
    }));
  },
});
