/** The charts of prices and predictions show what is in view, marked where the splits lie. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type OverlayNames,
  overlaySeries,
  rangeOf,
  valuesOf,
  wholeRange,
} from "../../../web/features/run/overlay-series.ts";
import { clampRange, pointsFor } from "../../../web/lib/time-range.ts";

const dayMs = 86_400_000;
const start = Date.UTC(2020, 0, 1);
const columns = (from: number, length: number, hasBounds = true) => ({
  time: Array.from({ length }, (_, i) => new Date(start + (from + i) * dayMs).toISOString()),
  actual: Array.from({ length }, (_, i) => 100 + from + i),
  predicted: Array.from({ length }, (_, i) => 101 + from + i),
  naive: Array.from({ length }, (_, i) => 99 + from + i),
  lower: Array.from({ length }, (_, i) => (hasBounds ? 90 + from + i : null)),
  upper: Array.from({ length }, (_, i) => (hasBounds ? 110 + from + i : null)),
});
const predictions = {
  id: "r",
  train: columns(0, 60, false),
  validation: columns(60, 10),
  test: columns(70, 30),
};
const all = { from: start, to: start + 99 * dayMs };
const names: OverlayNames = { real: "Real price", predicted: "Predicted", last: "Last price", band: null };
const withBand = { ...names, band: "95% interval" };
const dataOf = (series: ReturnType<typeof overlaySeries>, name: string) =>
  series.find((one) => one.name === name)!.data;

describe("the overlay", () => {
  test("joins the splits in the order of time: what came, what was predicted, and the last value known", () => {
    const series = overlaySeries(predictions, "whole", all, names);
    expect(series.map(({ name, data }) => [name, data.length])).toEqual([
      ["Real price", 100],
      ["Predicted", 100],
      ["Last price", 100],
    ]);
    expect(dataOf(series, "Real price").every(({ x }, i) => x === start + i * dayMs)).toBe(true);
  });

  test("lays the band behind the lines, at their times, and none where there are no bounds", () => {
    const series = overlaySeries(predictions, "whole", all, withBand);
    expect(series[0]).toMatchObject({ name: "95% interval", type: "rangeArea" });
    const band = series[0]!.data;
    expect(band.map(({ x }) => x)).toEqual(series[1]!.data.map(({ x }) => x));
    expect(band[59]!.y).toEqual([null, null]);
    expect(band[60]!.y).toEqual([150, 170]);
  });

  test("keeps the lines readable where a band reaches far above them", () => {
    const wide = { ...predictions.test, upper: predictions.test.upper.map(() => 5000) };
    const series = overlaySeries({ ...predictions, test: wide }, "test", all, withBand);
    const highestLine = 101 + 99;
    expect(Math.max(...valuesOf(series).map(Number))).toBe(1.5 * highestLine);
    const narrow = overlaySeries(predictions, "test", all, withBand);
    expect(Math.max(...valuesOf(narrow).map(Number))).toBe(110 + 99);
  });

  test("shows the test alone where nothing else was fetched", () => {
    const test = { id: "r", test: predictions.test };
    expect(wholeRange(test, "test")).toEqual({ from: start + 70 * dayMs, to: all.to });
    expect(dataOf(overlaySeries(test, "test", all, names), "Predicted")).toHaveLength(30);
  });

  test("knows where the test lies, and spans what there is", () => {
    expect(wholeRange(predictions, "whole")).toEqual(all);
    expect(rangeOf(predictions.validation)).toEqual({ from: start + 60 * dayMs, to: start + 69 * dayMs });
  });

  test("draws no line across the bars that only served as a split's first window", () => {
    const apart = { ...predictions, validation: columns(60, 0), test: columns(120, 30) };
    const series = overlaySeries(apart, "whole", { from: start, to: start + 149 * dayMs }, names);
    const breaks = dataOf(series, "Real price").filter(({ y }) => y === null);
    expect(breaks).toEqual([{ x: start + 59 * dayMs + 1, y: null }]);
  });

  test("of a run that failed early is empty rather than wrong", () => {
    const none = { id: "r", train: columns(0, 0), validation: columns(0, 0), test: columns(0, 0) };
    expect(wholeRange(none, "whole")).toBeNull();
  });

  test("draws what is in view and one point beyond each edge, so that lines reach the border", () => {
    const inView = { from: start + 20.5 * dayMs, to: start + 24.5 * dayMs };
    const series = overlaySeries(predictions, "whole", inView, names);
    expect(dataOf(series, "Real price").map(({ y }) => y)).toEqual([120, 121, 122, 123, 124, 125]);
  });
});

describe("a range of time", () => {
  const times = fc.integer({ min: start - 1000 * dayMs, max: start + 1000 * dayMs });
  test("that is dragged anywhere ends up within what there is", () => {
    fc.assert(
      fc.property(times, times, (a, b) => {
        const range = clampRange({ from: a, to: b }, all);
        expect(range.from).toBeGreaterThanOrEqual(all.from);
        expect(range.to).toBeLessThanOrEqual(all.to);
        expect(range.from).toBeLessThan(range.to);
      }),
    );
  });

  test("asks for as many points as show enough of them in sight, up to the limit", () => {
    const part = (share: number) => ({ from: all.from, to: all.from + (all.to - all.from) * share });
    expect(pointsFor(all, all, 1500, 24_000)).toBe(1500);
    expect(pointsFor(part(0.5), all, 1500, 24_000)).toBe(3000);
    expect(pointsFor(part(0.3), all, 1500, 24_000)).toBe(6000);
    expect(pointsFor(part(0.0001), all, 1500, 24_000)).toBe(24_000);
  });
});
