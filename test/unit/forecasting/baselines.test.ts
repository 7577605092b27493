/** What the baselines are worth on real markets: MAE skill over the last value, as measured with numpy on the same cuts. */
import { describe, expect, test } from "vitest";
import type { Target } from "../../../server/forecasting/forecasters/baseline.ts";
import { baselinesFor } from "../../../server/forecasting/forecasters/catalogue.ts";
import {
  barOf,
  cutsBefore,
  kweichowIsHere,
  priceTarget,
  sh600519,
  skillOf,
  sp500,
  varianceTarget,
} from "../../support/daily-bars.ts";

/** Skills in percent by forecaster and refit, on the 300 targets from a bar on. */
function skills(target: Target, testFrom: number): Record<string, number> {
  const { training } = cutsBefore(testFrom);
  const anchors = { firstAnchor: testFrom - 1, endAnchor: testFrom + 299 };
  return Object.fromEntries(
    baselinesFor(target, 1, training.endBar).map(({ forecaster, refit, predict }) => [
      `${forecaster} ${refit}`,
      100 * skillOf(target.values, testFrom - 1, predict(target, training, anchors, 1)),
    ]),
  );
}

const near = (percent: number) => expect.closeTo(percent, 1);

describe("the S&P 500", () => {
  const bars = sp500();
  const lastTest = bars.close.length - 300;

  test("closes of 2019-20: nothing beats the last price by much, and means lose to it", () => {
    expect(skills(priceTarget(bars), lastTest)).toEqual({
      "LAST_VALUE TRAIN": 0,
      "DRIFT TRAIN": near(0.13),
      "DRIFT ROLLING": near(0.21),
      "MEAN ROLLING": near(-39.66),
      "SEASONAL ROLLING": near(-111.67),
      "AR TRAIN": near(-0.11),
      "AR ROLLING": near(1.8),
    });
  });

  test("volatility of 2019-20, the crash in it", () => {
    expect(skills(varianceTarget(bars), lastTest)).toEqual({
      "LAST_VALUE TRAIN": 0,
      "MEAN ROLLING": near(9.63),
      "EWMA ROLLING": near(-15.05),
      "HAR TRAIN": near(8.85),
      "HAR ROLLING": near(12.37),
      "HAR_LEVERAGE TRAIN": near(13.6),
      "HAR_LEVERAGE ROLLING": near(16.47),
    });
  });

  test.each([
    { day: "2008-01-02", har: 9.77, rolling: 12.5, leverage: 14.66, leverageRolling: 15.34 },
    { day: "2013-01-02", har: 20.83, rolling: 20.94, leverage: 22.63, leverageRolling: 22.07 },
  ])("volatility of 300 days from $day", ({ day, har, rolling, leverage, leverageRolling }) => {
    expect(skills(varianceTarget(bars), barOf(bars, day))).toMatchObject({
      "HAR TRAIN": near(har),
      "HAR ROLLING": near(rolling),
      "HAR_LEVERAGE TRAIN": near(leverage),
      "HAR_LEVERAGE ROLLING": near(leverageRolling),
    });
  });
});

describe.skipIf(!kweichowIsHere)("SH600519 (skipped where it does not lie in ../shared/data)", () => {
  test("volatility of its last 300 days", () => {
    const bars = sh600519();
    expect(skills(varianceTarget(bars), bars.close.length - 300)).toMatchObject({
      "HAR TRAIN": near(17.92),
      "HAR ROLLING": near(18.33),
      "HAR_LEVERAGE TRAIN": near(19.75),
      "HAR_LEVERAGE ROLLING": near(21.28),
    });
  });
});
