/**
 * The story of a job: claim the run, load what it needs, train, store what the training reports, end.
 *
 *   claimed ─► trained to the end ─► SUCCEEDED          the job is done
 *      │         ├─► to be scored ► SUCCEEDED           the job is done; CANCELLED where no epoch is through
 *      │         ├─► cancelled ───► CANCELLED           the job is done
 *      │         ├─► failed ──────► FAILED              the job is done
 *      │         ├─► draining ────► QUEUED              the job is given back
 *      │         ├─► store away ──► QUEUED              the job is given back
 *      │         └─► claim lost                         the job is another worker's
 *      └─► nothing to train (ended, cancelled)          the job is done
 */
import { isFinal } from "../domain/run.ts";
import { naiveLossOf } from "../forecasting/naive-loss.ts";
import { StoreAway } from "../ports/checkpoints.ts";
import { usedBars } from "../recipe/used-bars.ts";
import { ClaimLost } from "./claim.ts";
import { endAfter } from "./end-after.ts";
import { inGroups } from "./in-groups.ts";
import { type LoadedTraining, loadTraining } from "./load-training.ts";
import type { TakenJob, TrainRunPorts } from "./ports.ts";
import { type ReportGroup, reportGathering } from "./report-group.ts";
import { listenForStop, obey } from "./stop-signal.ts";
import { storeGroup, storeNaiveLoss } from "./store-group.ts";
import { trainingReports } from "./training-reports.ts";
import { openSession, type TrainingSession, tellProgress } from "./training-session.ts";

/**
 * Everything that this function keeps belongs to this one job: several may run beside each other in one process.
 * @param draining aborts when this worker leaves: the run is then given back at the next batch.
 */
export async function trainRun(
  ports: TrainRunPorts,
  job: TakenJob,
  draining: AbortSignal,
): Promise<"done" | "give back"> {
  // Listens before the claim, so that a cancel which comes right after the claim is heard.
  const stop = listenForStop(ports, job, draining);
  try {
    if (draining.aborted) return "give back";
    const session = await openSession(ports, job, draining, stop);
    if (!session) return "done";
    // Another worker may have had it when it was asked for.
    obey(session.run, stop);
    await trainToTheEnd(session);
    return isFinal(session.run.status) ? "done" : "give back";
  } catch (error) {
    // If the job is still this worker's, the queue offers it again; otherwise another worker has it already.
    const expected = error instanceof ClaimLost || ports.isDatabaseAway(error);
    if (expected) ports.log.warn({ runId: job.runId, reason: String(error) }, "the run was let go");
    else ports.log.error({ runId: job.runId, err: error }, "the run was let go");
    return "give back";
  } finally {
    stop.endListening();
  }
}

/** Afterwards `session.run` has ended or waits in the queue. @throws ClaimLost, or what says that the database is away */
async function trainToTheEnd(session: TrainingSession): Promise<void> {
  tellProgress(session);
  try {
    const loaded = await loadTraining(session);
    await tellNaiveLoss(session, loaded);
    // While a group is stored, the training goes on and its reports gather in the next group.
    for await (const group of inGroups(trainingReports(session, loaded), reportGathering)) {
      await storeOrStop(session, group);
      tellProgress(session);
    }
  } catch (error) {
    await endAfter(session, error);
    tellProgress(session);
  }
}

/** Before the first epoch; a run that goes on has it already. */
async function tellNaiveLoss(session: TrainingSession, { bars }: LoadedTraining): Promise<void> {
  const { config, naiveLoss } = session.run;
  if (naiveLoss !== null || session.stop.signal.aborted) return;
  const loss = naiveLossOf(usedBars(bars, config), config);
  if (loss !== null) session.run = await storeNaiveLoss(session, loss);
}

async function storeOrStop(session: TrainingSession, group: ReportGroup): Promise<void> {
  const { stop } = session;
  try {
    // Also when the queue says that the claim is gone: if no worker has taken the run yet, it goes on from this group.
    session.run = await storeGroup(session, group);
  } catch (error) {
    // The training reports more, which could not be stored either.
    stop.stop(error instanceof StoreAway ? "store away" : "lost");
    throw error;
  }
  session.losses = group.epochs.at(-1)?.epoch ?? session.losses;
  obey(session.run, stop);
}
