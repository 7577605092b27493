/**
 * Stores what a training reported: a group and all that belongs to it in one transaction, which first checks that the
 * run is still this worker's. A transaction whose answer was lost is repeated, so storing twice changes nothing.
 */
import type { RunError } from "../domain/run.ts";
import { encodeCheckpoint } from "../forecasting/checkpoint.ts";
import type { Run } from "../ports/runs.ts";
import type { Transaction } from "../ports/transaction.ts";
import { lockClaimed } from "./claim.ts";
import {
  recordEngineChange,
  recordEpochs,
  recordFailure,
  recordNaiveLoss,
  recordStop,
  recordSuccess,
} from "./record.ts";
import type { ReportGroup } from "./report-group.ts";
import { portionsOf } from "./result-portions.ts";
import { messageOf } from "./run-errors.ts";
import type { TrainingSession } from "./training-session.ts";

/** What of a session storing needs. */
export type StoringSession = Pick<TrainingSession, "ports" | "run" | "shortages"> & {
  readonly stop: Pick<TrainingSession["stop"], "reason">;
};

/** @returns the run as it then is. @throws ClaimLost, StoreAway */
export async function storeGroup(session: StoringSession, group: ReportGroup): Promise<Run> {
  const { last } = group;
  if (last?.kind !== "result") return storeAtOnce(session, group);
  // No transaction may take long, so a large result is stored in portions; none counts before the run has succeeded.
  const portions = portionsOf(last.predictions);
  const predictions = portions.pop() ?? [];
  if (portions.length === 0) return storeAtOnce(session, group);
  let run = await storeAtOnce(session, { ...group, last: null });
  for (const portion of portions) {
    if (run.cancelRequestedAt) break;
    run = await underClaim(session, async (tx, now) => {
      await session.ports.runs.recordPredictions(tx, now.id, portion);
      return now;
    });
  }
  return storeAtOnce(session, { epochs: [], checkpoint: null, last: { ...last, predictions } });
}

/** @returns the run as it then is. @throws ClaimLost */
export const storeFailure = (session: StoringSession, error: RunError): Promise<Run> =>
  underClaim(session, (tx, run) => recordFailure(session.ports, tx, run, error));

/** @returns the run as it then is. @throws ClaimLost */
export const storeNaiveLoss = (session: StoringSession, naiveLoss: number): Promise<Run> =>
  underClaim(session, (tx, run) => recordNaiveLoss(session.ports, tx, run, naiveLoss));

async function storeAtOnce(session: StoringSession, { epochs, checkpoint, last }: ReportGroup): Promise<Run> {
  const { ports, run, stop } = session;
  const placed =
    checkpoint &&
    (await ports.checkpoints.place(run.id, {
      epoch: checkpoint.epoch - 1,
      state: encodeCheckpoint(checkpoint),
    }));
  return underClaim(session, async (tx, claimed) => {
    // In one transaction with its epochs: an epoch that was announced is never trained again.
    if (placed) await ports.checkpoints.save(tx, run.id, placed);
    const now = await recordEpochs(ports, tx, claimed, epochs);
    switch (last?.kind) {
      case "engine":
        return recordEngineChange(ports, tx, now, last);
      case "interrupted":
        return recordStop(ports, tx, now, stop.reason ?? (now.scoreRequestedAt ? "cancel" : "drain"));
      case "result":
        // Whoever cancelled was told so before the end came: the run must not succeed after that.
        return now.cancelRequestedAt
          ? recordStop(ports, tx, now, "cancel")
          : recordSuccess(ports, tx, now, last);
      default:
        return now;
    }
  });
}

/** Writes to the run while its row is locked, and tells its log, once, that it had to wait for the database. */
async function underClaim(
  { ports, run: { id, attempts }, shortages }: StoringSession,
  write: (tx: Transaction, run: Run) => Promise<Run>,
): Promise<Run> {
  let tells = false;
  const after = await ports.transaction(async (tx) => {
    const run = await lockClaimed(ports, tx, { runId: id, attempt: attempts });
    const untold = shortages.untold();
    tells = untold !== null;
    if (untold) {
      const message = messageOf.waitedForDatabase(untold.shortage, untold.waitedMs);
      await ports.journal.append(tx, id, { kind: "log", level: "WARNING", message });
    }
    return write(tx, run);
  });
  if (tells) shortages.told();
  return after;
}
