/** Exponentially weighted mean of the variance, decay 0.94 a bar: RiskMetrics Technical Document (J.P. Morgan, 1996), sec. 5.3. */
import { type Baseline, forecastEach } from "./baseline.ts";

const decay = 0.94;

/** Its logarithm is forecast, the same for every step. A mean of variances lies above what their mean logarithm tells. */
export const ewma: Baseline = {
  forecaster: "EWMA",
  refit: "ROLLING",
  label: `EWMA (${decay}) of the variance`,
  predict({ values }, _training, anchors, horizon) {
    const variances = smoothed(values.subarray(0, anchors.endAnchor).map(Math.exp));
    return forecastEach(anchors, horizon, (anchor) => Math.log(variances[anchor]!));
  },
};

/** Each entry the mean of those up to it, the newest weighing 0.06; starts with the first. */
export function smoothed(values: Float64Array): Float64Array {
  const means = new Float64Array(values.length);
  let mean = values[0] ?? 0;
  for (let bar = 0; bar < values.length; bar++) {
    mean = decay * mean + (1 - decay) * values[bar]!;
    means[bar] = mean;
  }
  return means;
}
