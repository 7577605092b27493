/** The charts of prices and predictions show what is in view, marked where the splits lie. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  canDrawCandles,
  candleRange,
  candles,
  changeInView,
  closeLine,
  periodRange,
} from "../../../web/features/one-series/price-series.ts";
import { clampRange, pointsFor } from "../../../web/lib/time-range.ts";

const dayMs = 86_400_000;
const start = Date.UTC(2020, 0, 1);
const all = { from: start, to: start + 99 * dayMs };
describe("the price chart", () => {
  const prices = {
    time: [0, 1, 2].map((i) => new Date(start + i * dayMs).toISOString()),
    open: [10, 11, 12],
    high: [12, 13, 14],
    low: [9, 10, 11],
    close: [11, 12, 13.2],
    volume: [null, null, null],
  };

  test("draws closing prices as a line, and bars as candles", () => {
    expect(closeLine(prices)[0]!.data[1]).toEqual([start + dayMs, 12]);
    expect(candles(prices)[0]!.data[2]).toEqual({ x: start + 2 * dayMs, y: [12, 14, 11, 13.2] });
    expect(changeInView(prices)).toBeCloseTo(0.2);
  });

  test("draws candles only where every bar is there and has room: a thinned candle would be a lie", () => {
    expect(canDrawCandles(3, prices)).toBe(true);
    expect(canDrawCandles(4, prices)).toBe(false);
    expect(canDrawCandles(5000, { ...prices, time: Array(5000).fill(prices.time[0]) })).toBe(false);
  });

  test("chooses for candles a range of the newest bars that they have room in", () => {
    const barCount = 5000;
    const whole = { from: start, to: start + (barCount - 1) * dayMs };
    const { from, to } = candleRange(whole, barCount);
    expect(to).toBe(whole.to);
    expect((to - from) / dayMs).toBeLessThan(400);
    expect(periodRange("1M", whole)).toEqual({ from: whole.to - 31 * dayMs, to: whole.to });
    expect(periodRange("All", whole)).toEqual(whole);
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
