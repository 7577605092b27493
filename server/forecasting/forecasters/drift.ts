/** The last value, carried on by the mean change so far: what "it always rises" would have said. */
import { priceAfter } from "../transform.ts";
import { type Baseline, forecastEach, type Refit } from "./baseline.ts";
import { changeBetween, changeFormOf } from "./changes.ts";

/** A year of trading days. */
const rollingBars = 250;

export const drift = (refit: Refit): Baseline => ({
  forecaster: "DRIFT",
  refit,
  label: refit === "TRAIN" ? "Drift" : `Drift, last ${rollingBars} bars`,
  predict({ values }, training, anchors, horizon) {
    const form = changeFormOf(values, training);
    // The changes between two bars add up to the change from the one to the other.
    const meanChange = (from: number, to: number) =>
      to > from ? changeBetween(form, values[from]!, values[to]!) / (to - from) : 0;
    const ofTraining = meanChange(training.firstBar, training.endBar - 1);
    return forecastEach(anchors, horizon, (anchor, step) => {
      const perBar = refit === "TRAIN" ? ofTraining : meanChange(Math.max(0, anchor - rollingBars), anchor);
      return priceAfter(form, values[anchor]!, step * perBar);
    });
  },
});
