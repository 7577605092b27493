/** How a run ends, or goes back to the queue, when something went wrong while it was loaded, trained or stored. */
import { randomUUID } from "node:crypto";
import { isFinal } from "../domain/run.ts";
import { TrainingDiverged } from "../forecasting/training.ts";
import { StoreAway } from "../ports/checkpoints.ts";
import type { Run } from "../ports/runs.ts";
import { ClaimLost, takeBackLoss } from "./claim.ts";
import { runErrorOf } from "./run-errors.ts";
import { storeFailure, storeGroup } from "./store-group.ts";
import type { TrainingSession } from "./training-session.ts";

/** Afterwards `session.run` has ended or waits in the queue. @throws the error, where the run is not ours to end */
export async function endAfter(session: TrainingSession, error: unknown): Promise<void> {
  if (session.ports.isDatabaseAway(error)) throw error;
  if (error instanceof ClaimLost) session.run = await endedByLostAnswer(session, error);
  else if (error instanceof StoreAway) session.run = await giveBack(session, error);
  else session.run = await fail(session, error);
}

/** The run may have ended through us, in a commit whose answer was lost. @throws ClaimLost when it goes on elsewhere */
async function endedByLostAnswer({ ports, run }: TrainingSession, error: ClaimLost): Promise<Run> {
  const after = await ports.runs.find(run.id);
  if (after && isFinal(after.status)) return after;
  await takeBackLoss(ports, run);
  throw error;
}

/** A store of checkpoints that is away costs the training since the last checkpoint, not the run. */
function giveBack(session: TrainingSession, error: StoreAway): Promise<Run> {
  session.ports.log.error(
    { runId: session.run.id, reason: error.message },
    "the store of checkpoints stays away: giving the run back",
  );
  session.stop.stop("store away");
  return storeGroup(session, { epochs: [], checkpoint: null, last: { kind: "interrupted" } });
}

function fail(session: TrainingSession, error: unknown): Promise<Run> {
  const { log } = session.ports;
  const reference = randomUUID();
  const failure = runErrorOf(error, reference);
  const epoch = error instanceof TrainingDiverged ? error.epoch : session.run.epoch;
  const details = { runId: session.run.id, reference, epoch, code: failure.code };
  if (failure.code === "INTERNAL") log.error({ ...details, err: error }, "the training failed");
  // The run's user can mend it and is told how. Neither a trace nor the fields of the error: one had 297 MB.
  else log.warn(details, failure.message);
  return storeFailure(session, failure);
}
