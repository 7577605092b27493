/** What people are shown before bars are stored. */
import { expect, test } from "vitest";
import { barTableOf } from "../../server/domain/bar-table.ts";
import { ImportReviewer, isJump, splitNear } from "../../server/domain/import-review.ts";
import { mergeTables } from "../../server/domain/merge-tables.ts";
import { nextVersion, noVersion } from "../../server/domain/next-version.ts";

const dayMs = 86_400_000;
const bar = (day: number, close: number, more: Record<string, number> = {}) => ({
  ...{ time: day * dayMs, open: close, high: close + 1, low: close - 1, close },
  ...{ adjustedClose: Number.NaN, volume: Number.NaN },
  ...more,
});
const shelf = { read: async () => [], store: null };

function reviewOf(known: ReturnType<typeof bar>[], given: ReturnType<typeof bar>[]) {
  const reviewer = new ImportReviewer();
  const before = barTableOf(known);
  const merged = mergeTables(before, barTableOf(given), (...change) => reviewer.changing(...change));
  reviewer.came(barTableOf(given));
  reviewer.woven(before, merged.bars);
  return reviewer.review();
}

test("a bar that another file changes is told with its old and its new values, and no other bar is", () => {
  const { changedBars } = reviewOf([bar(1, 100), bar(2, 101), bar(3, 102)], [bar(2, 1.5), bar(3, 102)]);
  expect(changedBars).toEqual([
    {
      time: 2 * dayMs,
      changes: [
        { column: "open", before: 101, after: 1.5 },
        { column: "high", before: 102, after: 2.5 },
        { column: "low", before: 100, after: 0.5 },
        { column: "close", before: 101, after: 1.5 },
      ],
    },
  ]);
});

test("a volume that the file lacks is no change", () => {
  expect(reviewOf([bar(1, 100, { volume: 7 })], [bar(1, 100)]).changedBars).toEqual([]);
});

test("a fall between a stored bar and the file's first one is a jump, and so is the way back", () => {
  const { jumps, jumpCount } = reviewOf([bar(1, 100), bar(3, 101)], [bar(2, 1.5)]);
  expect(jumps).toEqual([
    { time: 2 * dayMs, before: 100, after: 1.5 },
    { time: 3 * dayMs, before: 1.5, after: 101 },
  ]);
  expect(jumpCount).toBe(2);
});

test("jumps that were stored before are not the file's", () => {
  expect(reviewOf([bar(1, 100), bar(2, 200), bar(3, 201)], [bar(4, 202)]).jumpCount).toBe(0);
});

test("a hundred changed bars are listed, and all jumps counted", () => {
  const days = Array.from({ length: 250 }, (_, day) => day);
  const review = reviewOf(
    days.map((day) => bar(day, 100)),
    days.map((day) => bar(day, day % 2 === 0 ? 100.5 : 200)),
  );
  expect(review.changedBars).toHaveLength(100);
  expect(review.jumps).toHaveLength(20);
  expect(review.jumpCount).toBe(249);
});

test("the outline of many bars keeps the lowest and the highest price, in order of time", async () => {
  const bars = Array.from({ length: 5_000 }, (_, day) => bar(day, 100 + (day === 4_321 ? 50 : 0)));
  const { review } = await nextVersion(noVersion, [barTableOf(bars)], shelf);
  const { time, low, high, close } = review.outline;
  expect(time.length).toBeGreaterThan(200);
  expect(time.length).toBeLessThanOrEqual(480);
  expect([low.length, high.length, close.length]).toEqual([time.length, time.length, time.length]);
  expect([...time].sort((a, b) => a - b)).toEqual(time);
  expect(Math.max(...high)).toBe(151);
  expect(Math.min(...low)).toBe(99);
});

test("more than 30 % from one close to the next is a jump; prices below zero have no ratio", () => {
  expect([isJump(100, 131), isJump(100, 129), isJump(100, 69), isJump(100, 71)]).toEqual([
    true,
    false,
    true,
    false,
  ]);
  expect(isJump(-5, 100)).toBe(false);
});

test("a price that halves or doubles looks like a split of 2; one that falls by 40 % like none", () => {
  expect([splitNear(100, 50.5), splitNear(50, 101), splitNear(100, 60)]).toEqual([2, 2, null]);
});
