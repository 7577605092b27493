/** Deletes what ended runs keep only for a while: their checkpoints, and their events except statuses. */
import type { CheckpointStore } from "../ports/checkpoints.ts";
import type { RunRetention } from "../ports/runs.ts";
import type { RunInTransaction } from "../ports/transaction.ts";
import { clientOf } from "./transaction.ts";

/** An advisory lock's number: any that nobody else in this database takes. */
const cleaningLock = 0x63_6c_65_61; // "clea"
/** Checkpoints of a megabyte each go with them. */
const runsAPortion = 20;
const eventsAPortion = 10_000;

interface Ports {
  readonly transaction: RunInTransaction;
  readonly checkpoints: Pick<CheckpointStore, "discard">;
}

export const createRunRetention = ({ transaction, checkpoints }: Ports): RunRetention => ({
  cleanPortion: (endedBefore) =>
    transaction(async (tx) => {
      const client = clientOf(tx);
      const [lock] = await client.$queryRaw<{ isOurs: boolean }[]>`
        SELECT pg_try_advisory_xact_lock(${cleaningLock}) AS "isOurs"`;
      if (!lock?.isOurs) return false;
      // Skips locked rows (a deletion may have them): two transactions that wait for each other would fail.
      const runs = await client.$queryRaw<{ id: string }[]>`
        SELECT id::text FROM run WHERE finished_at < ${endedBefore} AND cleaned_at IS NULL
        ORDER BY finished_at, id LIMIT ${runsAPortion} FOR UPDATE SKIP LOCKED`;
      if (runs.length === 0) return false;
      const ids = runs.map(({ id }) => id);
      const events = await client.$executeRaw`
        DELETE FROM run_event WHERE (run_id, sequence) IN (
          SELECT run_id, sequence FROM run_event
          WHERE run_id = ANY(${ids}::uuid[]) AND kind <> 'status' LIMIT ${eventsAPortion})`;
      if (events < eventsAPortion) {
        await checkpoints.discard(tx, ids);
        await client.$executeRaw`UPDATE run SET cleaned_at = now() WHERE id = ANY(${ids}::uuid[])`;
      }
      return true;
    }),
});
