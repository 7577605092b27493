import fc from "fast-check";
import { expect, test } from "vitest";
import { blockFor, detailBlocks, detailOf, detailsOf } from "../../server/domain/bar-details.ts";
import { concatBars, emptyTable, sliceBars, tableColumns, tableOf } from "../../server/domain/bar-table.ts";
import type { BarTable } from "../../server/domain/price-series.ts";

const columns = ["low", "high", "close", "open", "volume"] as const;
/** Few different values, so that many are equal, and some that are not known. */
const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double(), fc.constant(Number.NaN));
const table = fc
  .array(fc.array(value, { minLength: 6, maxLength: 6 }), { maxLength: 400 })
  .map((rows) =>
    tableOf(rows.length, (column, bar) =>
      column === "time" ? bar : rows[bar]![tableColumns.indexOf(column) - 1]!,
    ),
  );
const rowsOf = (bars: BarTable) =>
  Array.from(bars.time, (_, at) => tableColumns.map((column) => bars[column][at]));
const known = (values: Float64Array) => values.filter((each) => !Number.isNaN(each));

test("of each block the first, the last, the lowest and the highest bars stay: real ones, in order, each once", () => {
  fc.assert(
    fc.property(table, fc.integer({ min: 1, max: 90 }), (bars, block) => {
      const detail = detailOf(bars, block);
      expect(rowsOf(detail)).toEqual(rowsOf(bars).filter(([time]) => detail.time.includes(time!)));
      for (let from = 0; from < bars.time.length; from += block) {
        const whole = sliceBars(bars, from, from + block);
        const [start, end] = [whole.time[0]!, whole.time.at(-1)!];
        const kept = sliceBars(
          detail,
          detail.time.findIndex((time) => time >= start),
          detail.time.findLastIndex((time) => time <= end) + 1,
        );
        expect([kept.time[0], kept.time.at(-1)]).toEqual([start, end]);
        expect(kept.time.length).toBeLessThanOrEqual(12);
        for (const column of columns) {
          expect(Math.min(...known(kept[column]))).toBe(Math.min(...known(whole[column])));
          expect(Math.max(...known(kept[column]))).toBe(Math.max(...known(whole[column])));
        }
      }
    }),
  );
});

test("all levels together are those that each would be alone", () => {
  fc.assert(
    fc.property(table, fc.integer({ min: 0, max: 30 }), (bars, times) => {
      const long = concatBars([emptyTable, ...Array.from({ length: times }, () => bars)]);
      expect(detailsOf(long)).toEqual(detailBlocks.map((block) => detailOf(long, block)));
    }),
  );
});

test("a chart is drawn from the coarsest blocks that leave it a choice, and from all bars where these are few", () => {
  expect(blockFor(5_000, 1_000)).toBeNull();
  expect(blockFor(1_000_000, 1_000)).toBe(4096);
  expect(blockFor(10_000_000, 1_000)).toBe(4096);
  expect(blockFor(1_000_000, 100_000)).toBeNull();
  for (const bars of [20_000, 100_000, 300_000, 900_000]) {
    const block = blockFor(bars, 1_000)!;
    expect(bars / block).toBeGreaterThan(200);
    expect(detailBlocks).toContain(block);
  }
});
