/** Schedules: kept by people, looked at by workers, which train what is due and compare what came of it. */
import { CronExpressionParser } from "cron-parser";
import { integerIn } from "../domain/checks.ts";
import { InvalidInput, NotFound } from "../domain/errors.ts";
import { type Contender, judgeChallenger } from "../domain/schedule.ts";
import { longestName, shortText, trimmedText } from "../domain/short-text.ts";
import type { RunJournal } from "../ports/live.ts";
import type { RunStore } from "../ports/runs.ts";
import type { Schedule, ScheduleStore } from "../ports/schedules.ts";
import type { RunInTransaction } from "../ports/transaction.ts";
import { checkQueue, type PrepareRunPorts, prepareRun, type QueueRunPorts, queueRun } from "./queue-run.ts";
import type { CreateScheduleRequest, Services, StartTrainingRequest } from "./services.ts";

export interface SchedulePorts extends PrepareRunPorts, QueueRunPorts {
  readonly transaction: RunInTransaction;
  readonly schedules: ScheduleStore;
  readonly runs: QueueRunPorts["runs"] & Pick<RunStore, "findMany" | "scores">;
  readonly journal: QueueRunPorts["journal"] & Pick<RunJournal, "append">;
}

const mostBars = 1_000_000;
const longestCron = 100;

/** The first training starts with it. @throws InvalidInput, NotFound (the series) */
export const createSchedule =
  (ports: SchedulePorts): Services["createSchedule"] =>
  async ({ name, training, everyBars, cron, expiryBars }: CreateScheduleRequest) => {
    if ((everyBars == null) === (cron == null))
      throw new InvalidInput(
        everyBars == null ? "everyBars" : "cron",
        `a schedule must go by everyBars or by cron, got ${everyBars == null ? "neither" : "both"}`,
      );
    if (training.idempotencyKey != null)
      throw new InvalidInput(
        "training.idempotencyKey",
        "training.idempotencyKey must be omitted: each training is another",
      );
    const prepared = await prepareRun(ports, training);
    const series = (await ports.series.findById(training.priceSeriesId))!;
    const schedule = await ports.schedules.create({
      name:
        trimmedText("name", name, longestName) ?? `${prepared.name}, again and again`.slice(0, longestName),
      seriesId: series.id,
      training: { ...training },
      everyBars: everyBars == null ? null : integerIn("everyBars", everyBars, 1, mostBars),
      cron: cron == null ? null : checkedCron(cron),
      expiryBars: expiryBars == null ? null : integerIn("expiryBars", expiryBars, 1, mostBars),
      nextAt: cron == null ? null : nextOf(cron, new Date()),
    });
    await startDue(ports, schedule, "now", new Date());
    return {
      schedule: (await ports.schedules.find(schedule.id)) ?? schedule,
      warnings: warningsOf(series.lastTime),
    };
  };

/** @throws NotFound */
export const deleteSchedule =
  ({ schedules }: Pick<SchedulePorts, "schedules">): Services["deleteSchedule"] =>
  async (id) => {
    if (!(await schedules.delete(id))) throw new NotFound(`there is no schedule ${id}`);
  };

/** Once: trains what is due, and compares what has succeeded. Any number of processes may. @returns what it started */
export const attendSchedules =
  (ports: SchedulePorts) =>
  async (now: Date): Promise<number> => {
    let started = 0;
    for (const schedule of await ports.schedules.list(null)) {
      await judge(ports, schedule);
      if (await startDue(ports, schedule, "when due", now)) started++;
    }
    return started;
  };

async function startDue(
  ports: SchedulePorts,
  { id, training }: Schedule,
  when: "now" | "when due",
  now: Date,
): Promise<boolean> {
  const request = training as StartTrainingRequest;
  const series = await ports.series.findById(request.priceSeriesId);
  if (!series) return false;
  const isDue = (schedule: Schedule) =>
    when === "now" ||
    (schedule.everyBars !== null && series.barCount - schedule.barsSeen >= schedule.everyBars) ||
    (schedule.nextAt !== null && schedule.nextAt <= now);
  const seen = await ports.schedules.find(id);
  if (!seen || !isDue(seen)) return false;
  const next = { barsSeen: series.barCount, nextAt: seen.cron === null ? null : nextOf(seen.cron, now) };
  try {
    const prepared = await prepareRun(ports, request);
    return await ports.transaction(async (tx) => {
      // Another process may have been faster: then it is due no more.
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
    // What the series no longer allows, or a full queue, is said where the schedule is looked at; it goes on when next due.
    const problem = error instanceof Error ? error.message : String(error);
    await ports.transaction((tx) => ports.schedules.update(tx, id, { ...next, problem }));
    return false;
  }
}

async function judge(ports: SchedulePorts, { id }: Schedule): Promise<void> {
  const before = await ports.schedules.find(id);
  if (!before) return;
  for (const runId of await ports.schedules.unjudged(before)) {
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
  { runs }: SchedulePorts,
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

/** @throws InvalidInput */
function checkedCron(cron: string): string {
  shortText("cron", cron, longestCron);
  try {
    nextOf(cron, new Date());
    return cron;
  } catch (error) {
    throw new InvalidInput(
      "cron",
      `cron must be five fields of UTC, minute hour day month weekday, such as "0 22 * * 1-5", got ${JSON.stringify(cron)}: ` +
        `${error instanceof Error ? error.message : error}`,
    );
  }
}

/** Not more often than once a minute: seconds are no field of it. */
function nextOf(cron: string, after: Date): Date {
  if (cron.trim().split(/\s+/).length !== 5) throw new Error("it has another number of fields");
  return CronExpressionParser.parse(cron, { currentDate: after, tz: "UTC" }).next().toDate();
}

const monthMs = 30 * 86_400_000;

function warningsOf(lastTime: Date | null): string[] {
  if (lastTime === null || Date.now() - lastTime.getTime() < monthMs) return [];
  return [
    `The series has had no new bar since ${lastTime.toISOString().slice(0, 10)}: until some are imported, each training would ` +
      "be on the same bars as the one before.",
  ];
}

const attendEveryMs = 10_000;

/** Looks again and again, in every worker. */
export function keepSchedules(ports: SchedulePorts, onError: (error: unknown) => void): { stop(): void } {
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
