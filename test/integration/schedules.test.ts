/** Schedules: what is trained again and again, and which of it forecasts. */
import { afterEach, expect, test } from "vitest";
import { createScheduleStore } from "../../server/db/schedule-store.ts";
import { InvalidInput } from "../../server/domain/errors.ts";
import { judgeChallenger } from "../../server/domain/schedule.ts";
import { attendSchedules } from "../../server/services/attend-schedules.ts";
import { createSchedule, deleteSchedule } from "../../server/services/change-schedules.ts";
import type { CreateScheduleRequest } from "../../server/services/services.ts";
import { barsOf, walk } from "../support/series.ts";
import { smallConfig } from "../support/small-config.ts";
import { trainingFixture } from "../support/training-fixture.ts";

const training = trainingFixture();
const given = () => {
  const { backend } = training;
  const ports = { ...backend, schedules: createScheduleStore(backend.prisma) };
  const make = createSchedule(ports);
  return {
    ...ports,
    make: (request: Partial<CreateScheduleRequest>) =>
      make({ training: { ...smallConfig, priceSeriesId: backend.seriesId }, ...request }),
    attend: (now = new Date()) => attendSchedules(ports)(now),
    remove: deleteSchedule(ports),
    runsOf: async (scheduleId: string) =>
      backend.prisma.run.findMany({ where: { scheduleId }, orderBy: { id: "asc" } }),
    grow: (bars: number) =>
      backend.series.merge(
        { symbol: "WALK", name: null, currency: null, timezone: "UTC" },
        barsOf(walk(bars)),
        { dryRun: false },
      ),
  };
};
afterEach(async () => {
  await training.backend.prisma.schedule.deleteMany();
});

test("a recipe is trained at once, and again when enough bars have come, each time on the newest", async () => {
  const { make, attend, grow, runsOf, schedules, eventsOf, runs } = given();
  await training.givenWorker();
  const { schedule } = await make({ everyBars: 5 });
  const [first] = await runsOf(schedule.id);
  await eventsOf(first!.id);
  expect(await attend()).toBe(0);
  expect((await schedules.find(schedule.id))?.championId).toBe(first!.id);
  await grow(124);
  expect(await attend()).toBe(0);
  await grow(126);
  // Two workers look at the same time.
  expect((await Promise.all([attend(), attend()])).reduce((a, b) => a + b, 0)).toBe(1);
  const second = (await runsOf(schedule.id))[1]!;
  expect(second.seriesVersionId).not.toBe(first!.seriesVersionId);
  await eventsOf(second.id);
  await attend();
  await attend();
  const log = await training.backend.eventsOf(second.id);
  const told = await training.backend.journal.readLog(second.id, null, 50);
  expect(log.length).toBeGreaterThan(0);
  expect(told.filter(({ body }) => body.kind === "log" && /forecast/.test(body.message)).length).toBe(1);
  expect([first!.id, second.id]).toContain((await schedules.find(schedule.id))?.championId);
  expect((await runs.find(second.id))?.scheduleId).toBe(schedule.id);
});

test("by the clock it trains once at each time, however often one looks", async () => {
  const { make, attend, runsOf, cancel } = given();
  const { schedule } = await make({ cron: "0 22 * * 1-5" });
  const next = schedule.nextAt!;
  expect(next.getUTCHours()).toBe(22);
  expect(await attend(new Date(next.getTime() - 1000))).toBe(0);
  expect(await attend(new Date(next.getTime() + 1000))).toBe(1);
  expect(await attend(new Date(next.getTime() + 2000))).toBe(0);
  for (const { id } of await runsOf(schedule.id)) await cancel(id);
});

test("a series that gets no bars is warned of, and what cannot be is refused before anything is kept", async () => {
  const { make, schedules, runsOf, cancel } = given();
  const { schedule, warnings } = await make({ everyBars: 1 });
  expect(warnings).toEqual([expect.stringMatching(/^The series has had no new bar since 2020-/)]);
  for (const { id } of await runsOf(schedule.id)) await cancel(id);
  const kept = (await schedules.list(null)).length;
  for (const [request, words] of [
    [{}, "by everyBars or by cron, got neither"],
    [{ everyBars: 1, cron: "* * * * *" }, "got both"],
    [{ everyBars: 0 }, "everyBars must be 1..1000000, got 0"],
    [{ cron: "every day" }, "cron must be five fields of UTC"],
    [{ cron: "* * * * * *" }, "another number of fields"],
    [{ everyBars: 1, expiryBars: 0 }, "expiryBars must be"],
  ] as const) {
    const refusal = await make(request).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(InvalidInput);
    expect((refusal as Error).message).toContain(words);
  }
  expect((await schedules.list(null)).length).toBe(kept);
});

test("a training that the series no longer allows is told of where the schedule is looked at, and it goes on", async () => {
  const { make, attend, grow, schedules, runsOf, cancel, prisma } = given();
  const { schedule } = await make({ everyBars: 1 });
  for (const { id } of await runsOf(schedule.id)) await cancel(id);
  const impossible = { ...smallConfig, priceSeriesId: training.backend.seriesId, testBars: 100_000 };
  await prisma.schedule.update({ where: { id: schedule.id }, data: { training: impossible as object } });
  await grow(140);
  expect(await attend()).toBe(0);
  expect((await schedules.find(schedule.id))?.problem).toContain("the series is too short");
  expect(await attend()).toBe(0);
});

test("a database that breaks is no problem of the schedule: it stays due", async () => {
  const { make, grow, schedules, runsOf, cancel } = given();
  const { schedule } = await make({ everyBars: 1 });
  for (const { id } of await runsOf(schedule.id)) await cancel(id);
  await grow(150);
  const transaction = () => Promise.reject(new Error("the database went away"));
  await expect(attendSchedules({ ...given(), transaction })(new Date())).rejects.toThrow("went away");
  expect(await schedules.find(schedule.id)).toMatchObject({ problem: null, barsSeen: schedule.barsSeen });
});

test("no more schedules are kept than workers can look at, and one whose runs expire early is warned of", async () => {
  const { make, prisma, schedules, runsOf, cancel } = given();
  const { seriesId } = training.backend;
  const some = Array.from({ length: 100 }, (_, i) => ({
    name: `s${i}`,
    seriesId,
    training: {},
    everyBars: 1,
  }));
  await prisma.schedule.createMany({ data: some.slice(1) });
  const { schedule, warnings } = await make({ everyBars: 10, expiryBars: 5 });
  for (const { id } of await runsOf(schedule.id)) await cancel(id);
  expect(warnings.at(-1)).toMatch(/refuse to forecast after 5 bars and the next is trained after 10/);
  await expect(make({ everyBars: 10 })).rejects.toThrow("at most 100 schedules may be kept, and 100 are");
  expect((await schedules.list(null)).length).toBe(100);
});

test("an ended schedule starts nothing more, and its runs stay", async () => {
  const { make, attend, remove, runsOf, grow, runs, cancel } = given();
  const { schedule } = await make({ everyBars: 1 });
  const [run] = await runsOf(schedule.id);
  await cancel(run!.id);
  await remove(schedule.id);
  await grow(150);
  expect(await attend()).toBe(0);
  expect((await runs.find(run!.id))?.scheduleId).toBeNull();
  await expect(remove(schedule.id)).rejects.toThrow("there is no schedule");
});

test("a challenger takes over unless its validation is clearly worse", () => {
  const contender = (name: string, validationSkill: number | null) => ({ id: name, name, validationSkill });
  const champion = contender("old", 0.1);
  expect(judgeChallenger(null, contender("new", -5)).isPromoted).toBe(true);
  expect(judgeChallenger(champion, contender("new", 0.095))).toEqual({
    isPromoted: true,
    reason:
      "It forecasts from now on, in place of old: +9.5 % on its validation, where old had +10.0 % on its own.",
  });
  expect(judgeChallenger(champion, contender("new", 0.05))).toEqual({
    isPromoted: false,
    reason:
      "old goes on forecasting: this one has +5.0 % on its validation, where old had +10.0 % on its own.",
  });
  expect(judgeChallenger(champion, contender("new", null)).isPromoted).toBe(false);
  expect(judgeChallenger(contender("old", null), contender("new", 0.05)).isPromoted).toBe(true);
});
