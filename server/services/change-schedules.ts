/** Schedules as people keep them: made, with a first training at once, and ended. */
import { firstCharacters } from "../domain/characters.ts";
import { integerIn } from "../domain/checks.ts";
import { InvalidInput, LimitExceeded, NotFound } from "../domain/errors.ts";
import { longestName, trimmedText } from "../domain/short-text.ts";
import { type AttendPorts, startScheduled } from "./attend-schedules.ts";
import { checkedCron, nextOf } from "./cron.ts";
import { prepareRun } from "./queue-run.ts";
import type { CreateScheduleRequest, Services } from "./services.ts";

const mostBars = 1_000_000;
/** Each worker looks at all of them every ten seconds. */
const mostSchedules = 100;

/** @throws InvalidInput, NotFound (the series), LimitExceeded */
export const createSchedule =
  (ports: AttendPorts): Services["createSchedule"] =>
  async (request) => {
    const { name, training, everyBars, cron, expiryBars } = request;
    checkWhen(request);
    const prepared = await prepareRun(ports, training);
    const kept = (await ports.schedules.list(null)).length;
    if (kept >= mostSchedules)
      throw new LimitExceeded(`at most ${mostSchedules} schedules may be kept, and ${kept} are: end some`, {
        kept,
        allowed: mostSchedules,
      });
    const schedule = await ports.schedules.create({
      name:
        trimmedText("name", name, longestName) ??
        firstCharacters(`${prepared.name}, again and again`, longestName),
      seriesId: prepared.seriesId,
      training: { ...training },
      everyBars: everyBars == null ? null : integerIn("everyBars", everyBars, 1, mostBars),
      cron: cron == null ? null : checkedCron(cron),
      expiryBars: expiryBars == null ? null : integerIn("expiryBars", expiryBars, 1, mostBars),
      nextAt: cron == null ? null : nextOf(cron, new Date()),
    });
    await startScheduled(ports, schedule, () => true, new Date());
    const series = await ports.series.findById(prepared.seriesId);
    return {
      schedule: (await ports.schedules.find(schedule.id)) ?? schedule,
      warnings: warningsOf(request, series?.lastTime ?? null),
    };
  };

function checkWhen({ training, everyBars, cron }: CreateScheduleRequest): void {
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
}

const monthMs = 30 * 86_400_000;

function warningsOf({ everyBars, expiryBars }: CreateScheduleRequest, lastTime: Date | null): string[] {
  const warnings: string[] = [];
  if (lastTime !== null && Date.now() - lastTime.getTime() > monthMs)
    warnings.push(
      `The series has had no new bar since ${lastTime.toISOString().slice(0, 10)}: until some are imported, each training would ` +
        "be on the same bars as the one before.",
    );
  if (everyBars != null && expiryBars != null && expiryBars < everyBars)
    warnings.push(
      `Its runs refuse to forecast after ${expiryBars} bars and the next is trained after ${everyBars}: in between nothing forecasts.`,
    );
  return warnings;
}

/** @throws NotFound */
export const deleteSchedule =
  ({ schedules }: Pick<AttendPorts, "schedules">): Services["deleteSchedule"] =>
  async (id) => {
    if (!(await schedules.delete(id))) throw new NotFound(`there is no schedule ${id}`);
  };
