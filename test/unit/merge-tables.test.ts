import fc from "fast-check";
import { expect, test } from "vitest";
import { type BarRow, barTableOf, tableColumns } from "../../server/domain/bar-table.ts";
import { mergeTables } from "../../server/domain/merge-tables.ts";
import type { BarTable } from "../../server/domain/price-series.ts";

const price = fc.integer({ min: 1, max: 3 });
const maybe = fc.oneof(price, fc.constant(Number.NaN));
const row = fc.record({
  ...{ time: fc.integer({ min: 0, max: 30 }), open: price, high: price, low: price, close: price },
  ...{ adjustedClose: maybe, volume: maybe },
});
const rows = fc.uniqueArray(row, { selector: ({ time }) => time, maxLength: 25 });

const rowsOf = (table: BarTable): BarRow[] =>
  Array.from(
    table.time,
    (_, at) => Object.fromEntries(tableColumns.map((name) => [name, table[name][at]!])) as BarRow,
  );

/** One row after the other, as a table of the database would take them. */
function oneByOne(known: readonly BarRow[], given: readonly BarRow[]) {
  const bars = new Map(known.map((bar) => [bar.time, bar]));
  const counts = { added: 0, updated: 0 };
  for (const bar of given) {
    const before = bars.get(bar.time);
    const or = (value: number, other: number) => (Number.isNaN(value) ? other : value);
    const after = before
      ? {
          ...bar,
          adjustedClose: or(bar.adjustedClose, before.adjustedClose),
          volume: or(bar.volume, before.volume),
        }
      : bar;
    if (!before) counts.added++;
    else if (tableColumns.some((name) => !Object.is(before[name], after[name]))) counts.updated++;
    bars.set(bar.time, after);
  }
  return { bars: barTableOf([...bars.values()]), ...counts };
}

test("bars that come to others make the same table and counts as one row after the other would", () => {
  fc.assert(
    fc.property(rows, rows, (known, given) => {
      const { bars, added, updated } = mergeTables(barTableOf(known), barTableOf(given));
      const expected = oneByOne(known, given);
      expect(rowsOf(bars)).toEqual(rowsOf(expected.bars));
      expect({ added, updated }).toEqual({ added: expected.added, updated: expected.updated });
    }),
  );
});
