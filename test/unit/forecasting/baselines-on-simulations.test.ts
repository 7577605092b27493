/** Where the truth is known, the baseline that assumes it wins. */
import { expect, test } from "vitest";
import type { ForecasterName, Target } from "../../../server/forecasting/forecasters/baseline.ts";
import { baselinesFor } from "../../../server/forecasting/forecasters/catalogue.ts";
import { garchBars, normal, returnsOf, skillOf, targetOf, varianceTarget } from "../../support/daily-bars.ts";

const seeds = Array.from({ length: 12 }, (_, i) => i + 1);
const training = { firstBar: 0, endBar: 1500 };
const anchors = { firstAnchor: 1499, endAnchor: 1999 };

function skill(target: Target, forecaster: ForecasterName, refit: "TRAIN" | "ROLLING"): number {
  const baseline = baselinesFor(target, 1, 1500).find(
    (one) => one.forecaster === forecaster && one.refit === refit,
  )!;
  return skillOf(target.values, anchors.firstAnchor, baseline.predict(target, training, anchors, 1));
}

test.each(["TRAIN", "ROLLING"] as const)(
  "AR (%s) beats the last value on a price that keeps returning",
  (refit) => {
    for (const seed of seeds) {
      const draw = normal(seed);
      let level = 0;
      const prices = Float64Array.from({ length: 2000 }, () => {
        level = 0.2 * level + 0.02 * draw();
        return 100 * Math.exp(level);
      });
      // The best forecast of it errs by 0.63 of a step: skill 1 - 1 / sqrt(2 / 1.2) = 0.225.
      expect(skill(targetOf("PRICE", prices, returnsOf(prices)), "AR", refit)).toBeGreaterThan(0.12);
    }
  },
);

test("AR finds nothing in a random walk: it neither wins nor loses 3 %", () => {
  for (const seed of seeds) {
    const draw = normal(seed);
    let price = 100;
    const prices = Float64Array.from({ length: 2000 }, () => {
      price *= Math.exp(0.01 * draw());
      return price;
    });
    expect(Math.abs(skill(targetOf("PRICE", prices, returnsOf(prices)), "AR", "TRAIN"))).toBeLessThan(0.03);
  }
});

test.each(["TRAIN", "ROLLING"] as const)(
  "HAR (%s) beats the last value on the volatility of GARCH paths",
  (refit) => {
    for (const seed of seeds)
      expect(skill(varianceTarget(garchBars(2000, seed)), "HAR", refit)).toBeGreaterThan(0.1);
  },
);
