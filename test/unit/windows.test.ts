/** Windows over series whose numbers can be checked by eye. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type BarTable, priceFields } from "../../server/domain/price-series.ts";
import { inputColumns } from "../../server/forecasting/inputs.ts";
import { change, priceAfter } from "../../server/forecasting/transform.ts";
import { buildWindows, type SplitWindows } from "../../server/forecasting/windows.ts";
import { fillIn } from "../../server/recipe/complete-config.ts";
import { indicatorEntry, indicatorKinds } from "../../server/recipe/indicators.ts";
import type { TrainingConfig } from "../../server/recipe/training-config.ts";
import { alone, barsOf, walk } from "../support/series.ts";

const config: TrainingConfig = {
  ...fillIn({ window: 2, layers: [{ units: 4 }], epochs: 1, batchSize: 4, testBars: 2 }),
  validationBars: 0,
};

/** What the network sees of each window, and what it shall say. */
const shown = (
  { windows: { rows, starts, targets } }: SplitWindows,
  { window, features, horizon } = config,
) =>
  Array.from(starts, (start, i) => ({
    sees: Array.from(rows.subarray(start * features.length, (start + window) * features.length)),
    target: Array.from(targets.subarray(i * horizon, (i + 1) * horizon)),
  }));

const windowsOf = (bars: BarTable, config: TrainingConfig) => buildWindows(alone(bars), config);

test("a window sees the bars up to its anchor and is asked for the next", () => {
  const [train, held] = windowsOf(barsOf([10, 20, 30, 20, 40, 50]), config);
  // The training split is 10 20 30 20: 10 scales to 0, 30 to 1.
  expect(shown(train!)).toEqual([
    { sees: [0, 0.5], target: [1] },
    { sees: [0.5, 1], target: [0.5] },
  ]);
  expect(shown(held!)).toEqual([
    { sees: [1, 0.5], target: [1.5] },
    { sees: [0.5, 1.5], target: [2] },
  ]);
  // The bar that is only a target is not in the table that windows are cut from.
  expect([train, held].map((split) => split!.windows.rows.length)).toEqual([3, 3]);
});

test("with the scaler refit, the test's own lowest and highest become 0 and 1, and its windows stay inside it", () => {
  const refit = { ...config, scalerFit: "EACH_SPLIT", testBars: 4 } as const;
  const [, held] = windowsOf(barsOf([10, 20, 30, 20, 40, 50, 60, 80]), refit);
  expect(shown(held!)).toEqual([
    { sees: [0, 0.25], target: [0.5] },
    { sees: [0.25, 0.5], target: [1] },
  ]);
});

test("a horizon of two asks for the next two bars", () => {
  const twoAhead = { ...config, horizon: 2 };
  const [train, held] = windowsOf(barsOf([0, 1, 2, 4, 3, 2]), twoAhead);
  expect(shown(train!, twoAhead)).toEqual([{ sees: [0, 0.25], target: [0.5, 1] }]);
  expect(shown(held!, twoAhead)).toEqual([{ sees: [0.5, 1], target: [0.75, 0.5] }]);
});

test("several features stand side by side in each row, in the order asked for, each scaled by itself", () => {
  const both = { ...config, features: ["VOLUME", "CLOSE"] } as const;
  const [train] = windowsOf(barsOf([10, 20, 30, 10, 99, 99]), both);
  expect(shown(train!, both)[0]).toEqual({ sees: [0, 0, expect.closeTo(1 / 3, 7), 0.5], target: [1] });
});

test("as differences, rows are one-step changes and targets changes from the last known price", () => {
  const differences = { ...config, transform: "DIFFERENCE", horizon: 2, testBars: 2 } as const;
  // Changes 1 2 3 2 over the training bars: rows scale 1..3 to 0..1. Two steps ahead they reach 1..5: targets scale those.
  const [train, held] = windowsOf(barsOf([0, 1, 3, 6, 8, 9, 7]), differences);
  expect(shown(train!, differences)).toEqual([{ sees: [0, 0.5], target: [0.5, 1] }]);
  expect(shown(held!, differences)).toEqual([{ sees: [1, 0.5], target: [0, -0.5] }]);
});

test("as logarithms of ratios, a doubling looks the same at any price", () => {
  const logarithms = { ...config, transform: "LOG_RETURN" } as const;
  const [, held] = windowsOf(barsOf([1, 1, 2, 2, 4, 4, 8, 16, 16]), logarithms);
  for (const { target } of shown(held!)) expect([0, 1]).toContain(Math.fround(target[0]!));
});

test("less the window's last value, each window sees distances from it, and is asked for the distance to come", () => {
  const minusLast = { ...config, inputForm: "MINUS_LAST" } as const;
  // The training's bars are 10 20 30 20: distances of -10 to 10 scale to 0 to 1. Targets are changes of -10..10.
  const [train, held] = windowsOf(barsOf([10, 20, 30, 20, 40, 50]), minusLast);
  const rowsOf = ({ windows: { rows, starts } }: SplitWindows) =>
    Array.from(starts, (start) => Array.from(rows.subarray(start, start + 2)));
  expect(rowsOf(train!)).toEqual([
    [0, 0.5],
    [0, 0.5],
  ]);
  expect(Array.from(train!.windows.targets)).toEqual([1, 0]);
  expect(Array.from(held!.windows.targets)).toEqual([1.5, 1]);
});

test("weekdays are those of the exchange's days", () => {
  const seen = { ...config, features: [], indicators: [{ kind: "WEEKDAY", period: null }] } as const;
  // Midnight of Monday, the 4th of March 2024, in Shanghai: Sunday in UTC.
  const time = Float64Array.of(Date.UTC(2024, 2, 3, 16), Date.UTC(2024, 2, 4, 16));
  const bars = { ...barsOf([1, 2]), time };
  expect([...inputColumns(alone(bars, "Asia/Shanghai"), seen)[0]!.values]).toEqual([0, 1]);
  expect([...inputColumns(alone(bars), seen)[0]!.values]).toEqual([6, 0]);
});

test("indicators stand after the fields, as they are whatever the fields are shown as", () => {
  const seen = {
    ...config,
    window: 2,
    inputForm: "MINUS_LAST",
    indicators: [{ kind: "LOG_RETURN", period: null }],
  } as const;
  const inputs = inputColumns(alone(barsOf([1, Math.E, 1])), seen);
  expect(inputs.map(({ name, isMinusLast }) => [name, isMinusLast])).toEqual([
    ["CLOSE", true],
    ["Log return", false],
  ]);
  expect(Array.from(inputs[1]!.values)).toEqual([Number.NaN, expect.closeTo(1, 12), expect.closeTo(-1, 12)]);
});

test("volume beside a price stays as it is when prices become changes", () => {
  const mixed = { ...config, transform: "DIFFERENCE", features: ["VOLUME"] } as const;
  const [train] = windowsOf(barsOf([1, 2, 4, 8, 16, 0, 0]), mixed);
  // Volume counts up by one a bar: changes would all be the same.
  expect(shown(train!, mixed)[0]!.sees).toEqual([0, expect.closeTo(1 / 3, 7)]);
});

test("volume as the target becomes changes like any target", () => {
  const volume = { ...config, transform: "DIFFERENCE", target: "VOLUME", features: ["VOLUME"] } as const;
  const [train] = windowsOf(barsOf([1, 2, 4, 8, 16, 0, 0]), volume);
  expect(shown(train!, volume)[0]!.sees).toEqual([0, 0]);
});

test("a change undone from the same price gives the price again", () => {
  const price = fc.double({ min: 0.01, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(
      price,
      price,
      fc.constantFrom("PRICE", "DIFFERENCE", "LOG_RETURN"),
      (last, next, transform) => {
        const again = priceAfter(transform, last, change(transform, last, next));
        expect(Math.abs(again - next)).toBeLessThanOrEqual(1e-11 * Math.max(last, next));
      },
    ),
  );
});

const series = walk(40);
/** Enough for the warm-up of every indicator. */
const long = walk(320);
const withBar = (bar: number, factor: number, closes = series): BarTable => {
  const bars = barsOf(closes);
  for (const column of [bars.open, bars.high, bars.low, bars.close, bars.adjustedClose, bars.volume])
    column[bar]! *= factor;
  return bars;
};
const settings = fc.record({
  transform: fc.constantFrom("PRICE", "DIFFERENCE", "LOG_RETURN"),
  horizon: fc.integer({ min: 1, max: 3 }),
  window: fc.integer({ min: 2, max: 6 }),
  validationBars: fc.constantFrom(0, 10),
  features: fc.uniqueArray(fc.constantFrom(...priceFields), { minLength: 1 }),
  inputForm: fc.constantFrom("AS_TARGET", "LEVEL", "CHANGE", "MINUS_LAST"),
  scaler: fc.constantFrom("MINMAX", "STANDARD"),
  indicators: fc.uniqueArray(
    fc
      .constantFrom(...indicatorKinds)
      .map((kind) => ({ kind, period: indicatorEntry(kind).period?.usual ?? null })),
    { selector: ({ kind }) => kind, maxLength: 4 },
  ),
});

test("nothing that happens in the test changes anything that training or validation sees", () => {
  fc.assert(
    fc.property(
      settings,
      fc.integer({ min: long.length - 10, max: long.length - 1 }),
      fc.double({ min: 0.1, max: 10, noNaN: true }),
      (changes, bar, factor) => {
        const honest = { ...config, ...changes, testBars: 10 };
        const before = windowsOf(barsOf(long), honest);
        const after = windowsOf(withBar(bar, factor, long), honest);
        expect(after.slice(0, -1)).toEqual(before.slice(0, -1));
        expect(after.at(-1)!.targetScaler).toEqual(before.at(-1)!.targetScaler);
      },
    ),
  );
});

test("what happens later never changes what a test window sees, unless the scaler is refit", () => {
  const honest = { ...config, testBars: 10 };
  const seenFirst = (bars: BarTable, asked: TrainingConfig) =>
    shown(windowsOf(bars, asked).at(-1)!, asked)[0]!;
  const unchanged = seenFirst(barsOf(series), honest);
  expect(seenFirst(withBar(39, 5), honest)).toEqual(unchanged);
  const leaky = { ...honest, scalerFit: "EACH_SPLIT" } as const;
  expect(seenFirst(withBar(39, 5), leaky)).not.toEqual(seenFirst(barsOf(series), leaky));
});
