/** How intervals widen where no error was measured. */
import { expect, test } from "vitest";
import { wideningOf } from "../../../server/forecasting/outlook/widening.ts";
import { normal } from "../../support/daily-bars.ts";

test("a price's interval widens with the root of time from the last step that was measured", () => {
  expect(wideningOf("CLOSE", new Float64Array())(8, 2)).toBe(2);
});

test.each(["LOG_VARIANCE", "VOLUME"] as const)(
  "a %s returns to its mean: it widens as its changes do, little after a few bars",
  (target) => {
    const draw = normal(3);
    let level = 0;
    const values = Float64Array.from({ length: 2000 }, () => {
      level = 0.5 * level + draw();
      return level;
    });
    const widening = wideningOf(target, values);
    // Changes over k bars have a variance in proportion to 1 - 0.5^k.
    expect(widening(2, 1)).toBeCloseTo(Math.sqrt(0.75 / 0.5), 1);
    expect(widening(20, 1)).toBeCloseTo(Math.SQRT2, 1);
    const all = Array.from({ length: 250 }, (_, at) => widening(at + 1, 1));
    all.forEach((value, at) => {
      expect(value).toBeGreaterThanOrEqual(all[at - 1] ?? 1);
      expect(value).toBeLessThanOrEqual(Math.sqrt(at + 1));
    });
  },
);

test("where nothing was measured, or nothing moved, it widens as a walk does", () => {
  expect(wideningOf("LOG_VARIANCE", new Float64Array(2))(4, 1)).toBe(2);
  expect(wideningOf("LOG_VARIANCE", new Float64Array(100).fill(5))(9, 1)).toBe(3);
});
