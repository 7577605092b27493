/**
 * What another forecaster says after the newest bar. Where one is fitted, it is fitted on the newest bars, as who uses it today
 * would do; its intervals are made of its own newest errors.
 */
import { InvalidInput } from "../../domain/errors.ts";
import type { Forecaster } from "../../domain/forecaster.ts";
import { barsBetween } from "../../domain/price-series.ts";
import { namedAs, targetOf } from "../beside.ts";
import { logVarianceFor } from "../bounds.ts";
import type { Anchors, Baseline, Target } from "../forecasters/baseline.ts";
import { baselinesFor } from "../forecasters/catalogue.ts";
import { adaptIntervals } from "../intervals/adaptive.ts";
import { sigmaAt } from "../intervals/sigma.ts";
import { firstComplete, tooFewBars } from "./complete-bars.ts";
import { mostCaughtUp } from "./newest-bars.ts";
import { newestHalfWidths, type Outlook, type Subject } from "./outlook.ts";

/**
 * @throws InvalidInput where the forecaster says nothing of such a target
 * @throws Conflict where the newest bar has no value of the target
 */
export function baselineOutlook(subject: Subject, forecaster: Forecaster): Outlook {
  const { config, trained, timezone } = subject;
  const { horizon } = config;
  const whole = targetOf(subject.bars, config, timezone);
  const complete = firstComplete([whole.values]);
  const bars = barsBetween(subject.bars, complete, whole.values.length);
  if (bars.time.length === 0) throw tooFewBars(1, 0, [config.target]);
  const target = targetOf(bars, config, timezone);
  const count = target.values.length;
  const baseline = baselineNamed(forecaster, target, horizon);
  const fitted = { firstBar: 0, endBar: count };
  const said = (anchors: Anchors, steps: number) => baseline.predict(target, fitted, anchors, steps);
  const anchors = { firstAnchor: Math.max(0, count - mostCaughtUp), endAnchor: count };
  const scaled = { target, logVariance: logVarianceFor(bars, config) };
  const sigma = sigmaAt(trained.origin.sigma, scaled, anchors);
  const run = { values: target.values, anchors, horizon, centre: said(anchors, horizon), sigma };
  return {
    who: namedAs(baseline),
    halfWidths: newestHalfWidths(adaptIntervals(run).intervals, run),
    predict: async (times) => Array.from(said({ firstAnchor: count - 1, endAnchor: count }, times.length)),
  };
}

function baselineNamed(forecaster: Forecaster, target: Target, horizon: number): Baseline {
  const all = baselinesFor(target, horizon, target.values.length);
  // The one that is fitted on the newest bars comes after the one that is fitted on the training part.
  const found = all.findLast((baseline) => baseline.forecaster === forecaster);
  if (found) return found;
  const choices = ["GRU", ...new Set(all.map((baseline) => baseline.forecaster))];
  throw new InvalidInput(
    "forecaster",
    `forecaster must be one that forecasts ${target.kind === "LOG_VARIANCE" ? "a variance" : "this series"}: ${choices.join(", ")}; got ${forecaster}`,
    choices,
  );
}
