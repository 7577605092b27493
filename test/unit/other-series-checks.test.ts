/** What is said of other series before anything is queued. */
import { expect, test } from "vitest";
import { chunkFacts } from "../../server/domain/chunk-facts.ts";
import { completeConfig } from "../../server/recipe/complete-config.ts";
import { checkOtherSeries, formOf, type OtherFacts } from "../../server/recipe/other-series.ts";
import type { TrainingRequest } from "../../server/recipe/training-config.ts";
import { barsOf, firstDay, walk } from "../support/series.ts";

const dayMs = 86_400_000;
const bars = barsOf(walk(200));
const facts: OtherFacts = {
  barCount: 200,
  fields: chunkFacts(bars),
  firstTime: new Date(firstDay),
  lastTime: new Date(firstDay + 199 * dayMs),
  knownFrom: 0,
  staleBars: 0,
};
const own = { barCount: 200, timeOf: async (bar: number) => new Date(firstDay + bar * dayMs) };
const index = { priceSeriesId: "s2", symbol: "INDEX", seriesVersionId: "v2", field: "CLOSE" } as const;
const check = (changes: Partial<OtherFacts> = {}, request: TrainingRequest = {}) =>
  checkOtherSeries(
    completeConfig({ window: 8, testBars: 20, validationBars: 20, otherSeries: [index], ...request }, 200),
    own,
    [{ ...facts, ...changes }],
  );
const withField = (field: "CLOSE" | "VOLUME", changes: object) => ({
  fields: { ...facts.fields, [field]: { ...facts.fields[field], ...changes } },
});

test("a series that reaches from the run's first bar to its last is nothing to speak of", async () => {
  expect(await check()).toEqual([]);
  expect(await check({ staleBars: 5 })).toEqual([]);
});

test("one that begins later is refused with the bars to leave out, and passes with them", async () => {
  await expect(check({ knownFrom: 12, firstTime: new Date(firstDay + 12 * dayMs) })).rejects.toMatchObject({
    field: "otherSeries[0]",
    message:
      "INDEX begins on 2020-01-18, the run needs it from 2020-01-06: set skipFirstBars to 12, or import more of INDEX",
  });
  expect(await check({ knownFrom: 12 }, { skipFirstBars: 12 })).toEqual([]);
  await expect(check({ knownFrom: 12 }, { skipFirstBars: 11 })).rejects.toThrow("set skipFirstBars to 12,");
  // An indicator's warm-up is not looked at, so the other need not be known in it.
  const warm: TrainingRequest = { indicators: [{ kind: "SMA_RATIO", period: 10 }] };
  expect(await check({ knownFrom: 8 }, warm)).toEqual([]);
  await expect(check({ knownFrom: 9 }, warm)).rejects.toThrow("set skipFirstBars to 1,");
  await expect(check({ knownFrom: 200 })).rejects.toThrow("no bar of the run's series comes after that");
});

test("one that ends early is told of, and refused where nothing of what judges the run has news of it", async () => {
  const lastTime = new Date(firstDay + 180 * dayMs);
  expect(await check({ staleBars: 18, lastTime })).toEqual([
    "INDEX ends on 2020-07-04: in the last 18 bars of the run the network sees its last value, unchanged.",
  ]);
  await expect(check({ staleBars: 40, lastTime })).rejects.toMatchObject({
    field: "otherSeries[0]",
    message: expect.stringMatching(
      /^INDEX ends on 2020-07-04, before the last 40 bars.*set skipLastBars to 40$/,
    ),
  });
  expect(await check({ staleBars: 40, lastTime }, { skipLastBars: 40 })).toEqual([]);
  const nothingHeldOut: TrainingRequest = { testBars: 0, validationBars: 0 };
  expect(await check({ staleBars: 99 }, nothingHeldOut)).toHaveLength(1);
  await expect(check({ staleBars: 100 }, nothingHeldOut)).rejects.toThrow("too few are left");
});

test("a column that it lacks is refused by name, and one that never changes is told of", async () => {
  const volume: TrainingRequest = { otherSeries: [{ ...index, field: "VOLUME" }] };
  await expect(check(withField("VOLUME", { missing: 200 }), volume)).rejects.toMatchObject({
    field: "otherSeries[0].field",
    message: "otherSeries[0].field is VOLUME, but INDEX has no values of it",
  });
  await expect(check(withField("VOLUME", { missing: 3 }), volume)).rejects.toThrow(
    "3 of the 200 bars of INDEX have no value of it",
  );
  const variance: TrainingRequest = { otherSeries: [{ ...index, field: "LOG_VARIANCE" }] };
  await expect(check(withField("CLOSE", { notPositive: 2 }), variance)).rejects.toThrow(
    "otherSeries[0].field is LOG_VARIANCE, which needs CLOSE above 0, but it is 0 or below in 2 of the 200 bars",
  );
  expect(await check(withField("CLOSE", { lowest: 7, highest: 7 }))).toEqual([
    "The close of INDEX is 7 in every bar, so it tells nothing: leave it out of what the network sees.",
  ]);
});

test("a column is shown as log returns only where all its values are above 0", () => {
  expect(formOf("CLOSE", facts.fields)).toBe("LOG_RETURN");
  expect(formOf("CLOSE", withField("CLOSE", { notPositive: 1 }).fields)).toBe("DIFFERENCE");
  expect(formOf("LOG_VARIANCE", facts.fields)).toBe("LEVEL");
});

test("at most 8 columns, none twice, beside all that a run may see of its own series", () => {
  const asked = (otherSeries: TrainingRequest["otherSeries"], more: TrainingRequest = {}) =>
    completeConfig({ otherSeries: otherSeries!, ...more }, 900);
  const many = Array.from({ length: 9 }, (_, at) => ({ priceSeriesId: `s${at}` }));
  expect(() => asked(many)).toThrow("otherSeries must be at most 8 columns, got 9");
  expect(() => asked([{ priceSeriesId: "s1" }, { priceSeriesId: "s1", field: "CLOSE" }])).toThrow(
    "otherSeries must not repeat, got CLOSE of s1 twice",
  );
  expect(asked([{ priceSeriesId: "s1" }, { priceSeriesId: "s1", field: "VOLUME" }]).otherSeries).toHaveLength(
    2,
  );
  const periods = Array.from({ length: 16 }, (_, at) => ({ kind: "RSI", period: at + 2 }) as const);
  const features = ["OPEN", "HIGH", "LOW", "CLOSE", "ADJUSTED_CLOSE", "VOLUME", "LOG_VARIANCE"] as const;
  expect(asked(many.slice(0, 8), { indicators: periods, features }).features).toHaveLength(7);
});
