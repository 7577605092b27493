/** Nothing changes: the naive forecast that every skill is measured against. */
import { type Baseline, forecastEach } from "./baseline.ts";

export const lastValue: Baseline = {
  forecaster: "LAST_VALUE",
  refit: "TRAIN",
  label: "Last value",
  predict: ({ values }, _training, anchors, horizon) =>
    forecastEach(anchors, horizon, (anchor) => values[anchor]!),
};
