/** Schedules as workers attend to them: what is due is trained, and what has succeeded is compared with the champion. */
import { Conflict, InvalidInput, LimitExceeded, NotFound } from "../domain/errors.ts";
import { type Contender, judgeChallenger } from "../domain/schedule.ts";
import type { RunJournal } from "../ports/live.ts";
import type { RunStore } from "../ports/runs.ts";
import type { Schedule, ScheduleStore } from "../ports/schedules.ts";
import type { RunInTransaction } from "../ports/transaction.ts";
import { nextOf } from "./cron.ts";
import { checkQueue, type PrepareRunPorts, prepareRun, type QueueRunPorts, queueRun } from "./queue-run.ts";
import type { StartTrainingRequest } from "./services.ts";

export interface AttendPorts extends PrepareRunPorts, QueueRunPorts {
  readonly transaction: RunInTransaction;
  readonly schedules: ScheduleStore;
  readonly runs: QueueRunPorts["runs"] & Pick<RunStore, "findMany" | "scores">;
  readonly journal: QueueRunPorts["journal"] & Pick<RunJournal, "append">;
}

/** Looks once. Any number of processes may. @returns how many trainings it started */
export const attendSchedules =
  (ports: AttendPorts) =>
  async (now: Date): Promise<number> => {
    let started = 0;
    for (const schedule of await ports.schedules.list(null)) {
      await judgeFinished(ports, schedule);
      const series = await ports.series.findById(schedule.seriesId);
      const isDue = ({ everyBars, barsSeen, nextAt }: Schedule) =>
        (everyBars !== null && series !== null && series.barCount - barsSeen >= everyBars) ||
        (nextAt !== null && nextAt <= now);
      if (isDue(schedule) && (await startScheduled(ports, schedule, isDue, now))) started++;
    }
    return started;
  };

/**
 * Queues a schedule's training on the newest bars. What its maker must mend, such as a series that is too short now or a full
 * queue, is said where the schedule is looked at, and tried again when next due.
 * @param isDue asked again once the schedule is locked: another process may have been faster
 */
export async function startScheduled(
  ports: AttendPorts,
  { id, seriesId, training, cron }: Schedule,
  isDue: (schedule: Schedule) => boolean,
  now: Date,
): Promise<boolean> {
  const barsSeen = (await ports.series.findById(seriesId))?.barCount ?? 0;
  const next = { barsSeen, nextAt: cron === null ? null : nextOf(cron, now) };
  try {
    const prepared = await prepareRun(ports, training as StartTrainingRequest);
    return await ports.transaction(async (tx) => {
      const locked = await ports.schedules.lock(tx, id);
      if (!locked || !isDue(locked)) return false;
      await checkQueue(ports, tx);
      await queueRun(ports, tx, {
        ...prepared,
        ...{ idempotencyKey: null, requestHash: null, experimentId: null, scheduleId: id },
      });
      await ports.schedules.update(tx, id, { ...next, problem: null });
      return true;
    });
  } catch (error) {
    if (!isItsMakers(error)) throw error;
    await ports.transaction((tx) => ports.schedules.update(tx, id, { ...next, problem: error.message }));
    return false;
  }
}

const isItsMakers = (error: unknown): error is Error =>
  [InvalidInput, NotFound, Conflict, LimitExceeded].some((kind) => error instanceof kind);

async function judgeFinished(ports: AttendPorts, { id, judgedId }: Schedule): Promise<void> {
  for (const runId of await ports.schedules.unjudged({ id, judgedId })) {
    await ports.transaction(async (tx) => {
      const schedule = await ports.schedules.lock(tx, id);
      if (!schedule || (schedule.judgedId !== null && schedule.judgedId >= runId)) return;
      const [champion, challenger] = await contenders(ports, [schedule.championId, runId]);
      if (!challenger) return;
      const { isPromoted, reason } = judgeChallenger(champion ?? null, challenger);
      await ports.journal.append(tx, runId, { kind: "log", level: "INFO", message: reason });
      await ports.schedules.update(tx, id, { judgedId: runId, ...(isPromoted && { championId: runId }) });
    });
  }
}

async function contenders(
  { runs }: AttendPorts,
  ids: readonly (string | null)[],
): Promise<(Contender | null)[]> {
  const asked = ids.filter((id) => id !== null);
  const [found, scores] = [await runs.findMany(asked), await runs.scores(asked)];
  return ids.map((id) => {
    const run = found.find((one) => one.id === id);
    if (!run) return null;
    const validation = scores.get(run.id)?.find(({ split }) => split === "VALIDATION");
    return { id: run.id, name: run.name, validationSkill: validation?.skill ?? null };
  });
}

const attendEveryMs = 10_000;

/** Looks again and again, in every worker. */
export function keepSchedules(ports: AttendPorts, onError: (error: unknown) => void): { stop(): void } {
  let attending = false;
  const attend = attendSchedules(ports);
  const timer = setInterval(async () => {
    if (attending) return;
    attending = true;
    await attend(new Date()).catch(onError);
    attending = false;
  }, attendEveryMs);
  return { stop: () => clearInterval(timer) };
}
