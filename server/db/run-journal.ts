/** The events of runs, numbered without a gap and announced by the transaction that stores them. */
import type { RunEvent, RunEventBody } from "../domain/run-event.ts";
import type { Announcer, RunJournal } from "../ports/live.ts";
import type { Transaction } from "../ports/transaction.ts";
import type { PrismaClient } from "./generated/client.ts";
import type { RunEventModel } from "./generated/models/RunEvent.ts";
import { isUuid } from "./run-row.ts";
import { readRunEventBody } from "./stored-json.ts";
import { clientOf } from "./transaction.ts";
import { type OnUnreadable, orUnreadable } from "./unreadable.ts";

export const createRunJournal = (
  prisma: PrismaClient,
  announcer: Announcer,
  onUnreadable: OnUnreadable = () => {},
): RunJournal => ({
  async append(tx, runId, body) {
    const [event] = await appendAll(announcer, tx, runId, [body]);
    return event!;
  },
  appendAll: (tx, runId, bodies) => appendAll(announcer, tx, runId, bodies),

  async read(runId, after, limit) {
    if (!isUuid(runId)) return [];
    const rows = await prisma.runEvent.findMany({
      where: { runId, sequence: { gt: after } },
      orderBy: { sequence: "asc" },
      take: limit,
    });
    return rows.map((row) => eventOf(row, onUnreadable));
  },

  async readLog(runId, before, limit) {
    if (!isUuid(runId)) return [];
    const rows = await prisma.runEvent.findMany({
      where: { runId, kind: { not: "epoch" }, ...(before !== null && { sequence: { lt: before } }) },
      orderBy: { sequence: "desc" },
      take: limit,
    });
    return rows.reverse().map((row) => eventOf(row, onUnreadable));
  },
});

const eventOf = (
  { runId, sequence, at, kind, body }: RunEventModel,
  onUnreadable: OnUnreadable,
): RunEvent => ({
  runId,
  sequence,
  at,
  body:
    orUnreadable(
      `event ${sequence} of run ${runId}`,
      () => readRunEventBody({ ...(body as object), kind }),
      onUnreadable,
    ) ?? unknownEvent,
});

/** Stands in for an event that cannot be read: without it followers would see a gap in the numbers, and take it for a loss. */
const unknownEvent: RunEventBody = {
  kind: "log",
  level: "INFO",
  message: "Something happened that this version of Gatecast cannot show: a newer one wrote it.",
};

async function appendAll(
  announcer: Announcer,
  tx: Transaction,
  runId: string,
  bodies: readonly RunEventBody[],
): Promise<RunEvent[]> {
  const kinds = bodies.map(({ kind }) => kind);
  const rests = bodies.map(({ kind: _, ...rest }) => JSON.stringify(rest));
  // The update locks the run's row until the transaction ends, so numbers are given in the order of commits,
  // and a transaction that is rolled back gives its numbers back.
  const rows = await clientOf(tx).$queryRaw<{ sequence: number; at: Date }[]>`
    WITH numbered AS (
      UPDATE run SET last_sequence = last_sequence + ${bodies.length}::int WHERE id = ${runId}::uuid
      RETURNING last_sequence - ${bodies.length}::int AS before
    )
    INSERT INTO run_event (run_id, sequence, at, kind, body)
    SELECT ${runId}::uuid, before + place, clock_timestamp(), kind, body::jsonb
    FROM numbered, unnest(${kinds}::text[], ${rests}::text[]) WITH ORDINALITY AS event (kind, body, place)
    RETURNING sequence, at`;
  if (rows.length < bodies.length) throw new Error(`there is no run ${runId}`);
  rows.sort((a, b) => a.sequence - b.sequence);
  const events = rows.map(({ sequence, at }, i) => ({ runId, sequence, at, body: bodies[i]! }));
  await announcer.runEvents(tx, events);
  return events;
}
