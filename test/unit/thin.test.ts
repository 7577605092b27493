/** Thinning columns for a chart, for any columns and any room. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { thinIndices } from "../../server/domain/thin.ts";
import { barsOf, walk } from "../support/series.ts";

const value = fc.oneof(fc.double({ noNaN: false }), fc.integer({ min: -3, max: 3 }));
const columns = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 400 }))
  .chain(([count, length]) =>
    fc.array(fc.array(value, { minLength: length, maxLength: length }), {
      minLength: count,
      maxLength: count,
    }),
  );
const known = (column: readonly number[]) => column.filter((it) => !Number.isNaN(it));

test("never more than asked for, ascending, first and last among them, and all when there is room", () => {
  fc.assert(
    fc.property(columns, fc.integer({ min: 2, max: 450 }), (table, maxPoints) => {
      const length = table[0]!.length;
      const indices = [...thinIndices(table, maxPoints)];
      expect(indices.length).toBeLessThanOrEqual(maxPoints);
      expect(indices).toEqual([...new Set(indices)].sort((a, b) => a - b));
      if (length <= maxPoints) expect(indices.length).toBe(length);
      else expect([indices[0], indices.at(-1)]).toEqual([0, length - 1]);
    }),
  );
});

test("no column loses its highest or lowest value while there is room for them", () => {
  fc.assert(
    fc.property(columns, fc.integer({ min: 0, max: 100 }), (table, more) => {
      const indices = thinIndices(table, 2 + 2 * table.length + more);
      for (const column of table) {
        const kept = known(Array.from(indices, (index) => column[index]!));
        expect(Math.min(...kept)).toBe(Math.min(...known(column)));
        expect(Math.max(...kept)).toBe(Math.max(...known(column)));
      }
    }),
  );
});

test("with room for four points, the lowest low and the highest high are among them", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer(), fc.nat()), { minLength: 5 }), (bars) => {
      const low = bars.map(([lowest]) => lowest);
      const high = bars.map(([lowest, range]) => lowest + range);
      const indices = [...thinIndices([low, high, low, high], 4)];
      expect(Math.min(...indices.map((index) => low[index]!))).toBe(Math.min(...low));
      expect(Math.max(...indices.map((index) => high[index]!))).toBe(Math.max(...high));
    }),
  );
});

test("a single spike in a hundred thousand points is seen at any width of the screen", () => {
  const flat = new Float64Array(100_000).fill(1);
  flat[77_777] = 2;
  for (const maxPoints of [4, 10, 1000, 99_999]) expect(thinIndices([flat], maxPoints)).toContain(77_777);
});

test("the room is used: prices that move in all columns fill at least half of it", () => {
  const wave = (phase: number) =>
    Float64Array.from({ length: 5105 }, (_, day) => Math.sin(day / 9 + phase) + day / 500);
  const indices = thinIndices([wave(0), wave(0.1), wave(0.2), wave(0.3), wave(2)], 1000);
  expect(indices.length).toBeGreaterThan(500);
});

test.each([100, 1_000, 4_000])("bars as they are traded fill nine tenths of %i points", (maxPoints) => {
  const { low, high, close, open, volume } = barsOf(walk(5_105));
  expect(thinIndices([low, high, close, open, volume], maxPoints).length).toBeGreaterThan(0.9 * maxPoints);
});

test("however many bars there are and points are asked for, each value is read a few times, not each for each point", () => {
  for (const count of [3_000, 30_000]) {
    const { low, high, close, open, volume } = barsOf(walk(count));
    for (const maxPoints of [100, count / 3]) {
      let reads = 0;
      const counted = [low, high, close, open, volume].map(
        (column) =>
          new Proxy(column, {
            get(target, key) {
              reads++;
              return Reflect.get(target, key, target);
            },
          }),
      );
      thinIndices(counted, maxPoints);
      expect(reads / count).toBeLessThan(60);
    }
  }
});
