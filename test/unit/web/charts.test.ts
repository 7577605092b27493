/** What charts show is a range of time within what there is. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clampRange, pointsFor } from "../../../web/lib/time-range.ts";

const dayMs = 86_400_000;
const start = Date.UTC(2020, 0, 1);
const all = { from: start, to: start + 99 * dayMs };

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
