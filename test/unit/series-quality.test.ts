/** Gaps and jumps that are found in the bars of a series. */
import { expect, test } from "vitest";
import { seriesQuality } from "../../server/domain/series-quality.ts";

const dayMs = 86_400_000;
/** A Monday. */
const start = Date.UTC(2018, 0, 1);
const flat = (time: readonly number[]) =>
  [Float64Array.from(time), new Float64Array(time.length).fill(10)] as const;
const weekdays = (days: number) =>
  Array.from({ length: days }, (_, day) => start + day * dayMs).filter(
    (time) => ![0, 6].includes(new Date(time).getUTCDay()),
  );
const without = (time: readonly number[], from: number, days: number) =>
  time.filter((it) => it < from || it >= from + days * dayMs);

test("weekends of daily bars are no gaps, and two weeks that are missing once are one", () => {
  const all = weekdays(3 * 365);
  expect(seriesQuality(...flat(all)).gapCount).toBe(0);
  const missing = start + 400 * dayMs;
  const { gaps, gapCount } = seriesQuality(...flat(without(all, missing, 14)));
  expect(gapCount).toBe(1);
  expect(gaps[0]!.from).toBeLessThan(missing);
  expect(gaps[0]!.to).toBeGreaterThanOrEqual(missing + 14 * dayMs);
});

test("nine days that an exchange closes twice each year are its calendar", () => {
  let time: readonly number[] = weekdays(4 * 365);
  for (const year of [2018, 2019, 2020, 2021])
    for (const begin of [Date.UTC(year, 1, 10), Date.UTC(year, 9, 1)]) time = without(time, begin, 9);
  expect(seriesQuality(...flat(time)).gapCount).toBe(0);
});

test("a market that never closes has a gap where three hours are missing", () => {
  const hours = Array.from({ length: 24 * 60 }, (_, hour) => start + hour * 3_600_000);
  expect(seriesQuality(...flat(hours.filter((_, hour) => hour < 700 || hour > 702))).gapCount).toBe(1);
});

test("jumps are listed in the order of time, the largest fifty of them", () => {
  const time = Array.from({ length: 200 }, (_, day) => start + day * dayMs);
  const close = Float64Array.from(time, (_, day) => (day % 2 === 0 ? 100 : 200 + day));
  const { jumps, jumpCount } = seriesQuality(Float64Array.from(time), close);
  expect(jumpCount).toBe(199);
  expect(jumps).toHaveLength(50);
  expect(jumps.at(-1)).toEqual({ time: time[199], before: 100, after: 399 });
  expect(jumps.map((jump) => jump.time)).toEqual(jumps.map((jump) => jump.time).toSorted((a, b) => a - b));
});

test("a series of no bars and of one bar has neither", () => {
  expect(seriesQuality(...flat([])).gapCount).toBe(0);
  expect(seriesQuality(...flat([start]))).toMatchObject({ gapCount: 0, jumpCount: 0 });
});
