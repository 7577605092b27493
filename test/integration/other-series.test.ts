/** Runs that see other series: what they are trained on stays, whatever is imported or deleted. */
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { BarTable } from "../../server/domain/price-series.ts";
import { deletePriceSeries } from "../../server/services/change-price-series.ts";
import { barsOf, walk } from "../support/series.ts";
import { trainingFixture } from "../support/training-fixture.ts";

const training = trainingFixture();
const merge = async (symbol: string, bars: BarTable) => {
  const identity = { symbol, name: null, currency: null, timezone: "UTC" };
  return (await training.backend.series.merge(identity, bars, { dryRun: false })).series!;
};
const seeing = (priceSeriesId: string, more: object = {}) => ({
  transform: "LOG_RETURN" as const,
  otherSeries: [{ priceSeriesId }, { priceSeriesId, field: "LOG_VARIANCE" as const }],
  ...more,
});
const resultOf = async (runId: string) => {
  const { runs } = training.backend;
  const [scores, predictions] = [await runs.scores([runId]), await runs.predictions(runId, "TEST", 1)];
  return { scores: scores.get(runId), predicted: predictions?.predicted };
};
const deleteSeries = (id: string, withRuns: boolean) => deletePriceSeries(training.backend)(id, { withRuns });

test("a run that sees an index is trained, judged and passes the leak test", async () => {
  const { backend } = training;
  const index = await merge("JUDGED", barsOf(walk(120, 5)));
  await training.givenWorker();
  const { id } = await backend.start(seeing(index.id));
  await backend.eventsOf(id);
  const run = await backend.runs.find(id);
  expect(run).toMatchObject({ status: "SUCCEEDED", leakTest: { passed: true, checkedCuts: 4 } });
  expect(run!.config.otherSeries).toEqual(
    ["CLOSE", "LOG_VARIANCE"].map((field) => ({
      ...{ priceSeriesId: index.id, symbol: "JUDGED", seriesVersionId: index.version.id, field },
    })),
  );
  const alone = await backend.start({ transform: "LOG_RETURN" });
  await backend.eventsOf(alone.id);
  expect((await resultOf(alone.id)).predicted).not.toEqual((await resultOf(id)).predicted);
});

test("newer bars of the other series, and any number of imports, change nothing of a run that waits or goes on", async () => {
  const { backend } = training;
  const index = await merge("MOVING", barsOf(walk(120, 6)));
  const first = await training.givenWorker();
  const whole = await backend.start(seeing(index.id));
  await backend.eventsOf(whole.id);
  first.engine.beforeBatch = () => sleep(50);
  const resumed = await backend.start(seeing(index.id));
  await backend.eventWhere(resumed.id, ({ body }) => body.kind === "epoch");
  await training.drainNewest();
  expect((await backend.runs.find(resumed.id))?.status).toBe("QUEUED");
  // More than are kept to go back to: the one that the run sees stays all the same.
  for (let version = 0; version < 25; version++) await merge("MOVING", barsOf(walk(121, 50 + version)));
  expect(await backend.series.findVersions([index.version.id])).toHaveLength(1);
  await training.givenWorker();
  await backend.eventsOf(resumed.id);
  const [expected, found] = [await resultOf(whole.id), await resultOf(resumed.id)];
  expect(expected.predicted).toHaveLength(20);
  expect(found).toEqual(expected);
  // Nobody needs the version once the runs are gone.
  await backend.transaction((tx) => backend.runs.delete(tx, [whole.id, resumed.id]));
  await backend.series.clean(index.id);
  expect(await backend.series.findVersions([index.version.id])).toEqual([]);
});

test("a series that runs of others see is refused with their number, and goes with them", async () => {
  const { backend } = training;
  const index = await merge("NEEDED", barsOf(walk(120, 8)));
  const seen = [await backend.start(seeing(index.id)), await backend.start(seeing(index.id))];
  const own = await backend.start({ priceSeriesId: index.id });
  const unrelated = await backend.start();
  await expect(deleteSeries(index.id, false)).rejects.toMatchObject({
    code: "CONFLICT",
    message: expect.stringMatching(/^3 runs are trained on this series, or with it beside another, or to be/),
  });
  await deleteSeries(index.id, true);
  expect(await backend.series.findById(index.id)).toBeNull();
  expect(await backend.runs.findMany([...seen, own, unrelated].map(({ id }) => id))).toMatchObject([
    { id: unrelated.id },
  ]);
});

test("a run that is started while a series that it sees is deleted is refused, or deleted with it", async () => {
  const { backend } = training;
  for (let attempt = 0; attempt < 5; attempt++) {
    const { id } = await merge(`RACE ${attempt}`, barsOf(walk(120, 9)));
    const [started, deleted] = await Promise.allSettled([backend.start(seeing(id)), deleteSeries(id, true)]);
    expect(deleted.status).toBe("fulfilled");
    if (started.status === "rejected")
      expect(["NOT_FOUND", "BAD_USER_INPUT"]).toContain((started.reason as { code: string }).code);
    else expect(await backend.runs.find(started.value.id)).toBeNull();
    expect(await backend.series.findById(id)).toBeNull();
  }
});

test("what cannot be seen is refused before anything is queued, by its path", async () => {
  const { backend } = training;
  const late = barsOf(walk(120, 10));
  const { id } = await merge("LATE", { ...late, time: late.time.map((at) => at + 10 * 86_400_000) });
  const empty = await merge("EMPTY", barsOf([]));
  const before = await backend.runs.count();
  const refused = async (priceSeriesId: string, more: object = {}) =>
    expect(backend.start({ otherSeries: [{ priceSeriesId }], ...more })).rejects;
  const noSeries = "01234567-89ab-7def-8123-456789abcdef";
  for (const [which, words] of [
    [noSeries, /must be a series, there is no 0123/],
    ["not an id", /must be a series/],
    [backend.seriesId, /another series than the run's own, WALK/],
    [empty.id, /EMPTY, which has no bars/],
  ] as const)
    await (await refused(which)).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "otherSeries[0].priceSeriesId",
      message: expect.stringMatching(words),
    });
  await (await refused(id)).toMatchObject({
    field: "otherSeries[0]",
    message: expect.stringMatching(
      /^LATE begins on 2020-01-16, the run needs it from 2020-01-06: set skipFirstBars to 10,/,
    ),
  });
  expect(await backend.runs.count()).toBe(before);
  const passed = await backend.start({ otherSeries: [{ priceSeriesId: id }], skipFirstBars: 10 });
  expect(passed.warnings).toEqual([]);
});
