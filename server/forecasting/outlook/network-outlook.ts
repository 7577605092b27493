/**
 * What a run's network says after the newest bar. The network stays as it was trained; its intervals go on to learn, from what
 * it would have said of each bar that came since.
 */
import { columnOf } from "../../domain/price-series.ts";
import { barsBeforeRow } from "../../recipe/splits.ts";
import { targetOf } from "../beside.ts";
import { logVarianceFor } from "../bounds.ts";
import type { Anchors } from "../forecasters/baseline.ts";
import { type InputColumn, inputColumns } from "../inputs.ts";
import { type AdaptiveState, adaptIntervals } from "../intervals/adaptive.ts";
import { sigmaAt, sigmaLookBack } from "../intervals/sigma.ts";
import { unscale } from "../scaler.ts";
import { type ForecastOrigin, unlikeness } from "../trained-model.ts";
import { learnedAs, priceAfter } from "../transform.ts";
import { inputWindows } from "../windows.ts";
import { firstComplete, tooFewBars } from "./complete-bars.ts";
import { followedBy } from "./followed-by.ts";
import { heldWithin } from "./held-within.ts";
import { barsOfWindow, mostCaughtUp } from "./newest-bars.ts";
import { newestHalfWidths, type Outlook, type Predict, type SeenSubject } from "./outlook.ts";

export interface NetworkOutlook extends Outlook {
  /** Whether what it sees is unlike what it was trained on, see `unlikeness`. */
  readonly isUnlikeTraining: boolean;
}

/** @throws Conflict where the newest bars lack what the network sees */
export async function networkOutlook(subject: SeenSubject, predict: Predict): Promise<NetworkOutlook> {
  const { bars, config, trained, timezone } = subject;
  const { horizon, window } = config;
  const target = targetOf(bars, config, timezone);
  const { values } = target;
  const inputs = inputColumns(subject, config);
  const newest = values.length - 1;
  const complete = firstComplete([values, ...inputs.map((input) => input.values)]);
  const first = Math.max(complete, barsBeforeRow(config)) + window - 1;
  if (first > newest)
    throw tooFewBars(barsOfWindow(config), values.length - complete, [
      config.target,
      ...inputs.map(({ name }) => name),
    ]);
  const place = placeOf(trained.origin, bars.time, horizon);
  const from = Math.max(first, place.since, newest - mostCaughtUp + 1);
  const anchors = { firstAnchor: Math.min(from, newest), endAnchor: newest + 1 };
  const centre = await predictionsAt(subject, inputs, anchors, predict);
  const scaled = { target, logVariance: logVarianceFor(bars, config) };
  const run = { values, anchors, horizon, centre, sigma: sigmaAt(trained.origin.sigma, scaled, anchors) };
  const direct = Array.from(centre.subarray(centre.length - horizon));
  return {
    who: { forecaster: "GRU", name: null },
    halfWidths: trained.intervals
      ? newestHalfWidths(
          adaptIntervals(run, stateAt(trained.intervals.state, place.shift, complete)).intervals,
          run,
        )
      : [],
    isUnlikeTraining: unlikeness(inputs, trained.scalers.inputs, trained.familiar, window, newest).isUnlike,
    predict: (times) => goOn(subject, direct, times, predict),
  };
}

/** In the target's unit, [N, P]. */
async function predictionsAt(
  { bars, config, trained }: SeenSubject,
  inputs: readonly InputColumn[],
  { firstAnchor, endAnchor }: Anchors,
  predict: Predict,
): Promise<Float64Array> {
  const { horizon, window } = config;
  const { rows, starts } = inputWindows(inputs, trained.scalers.inputs, window, firstAnchor, endAnchor);
  const scaled = await predict(rows, starts);
  const form = learnedAs(config);
  const known = columnOf(bars, config.target);
  return Float64Array.from(scaled, (value, index) =>
    priceAfter(
      form,
      known[firstAnchor + Math.floor(index / horizon)]!,
      unscale(trained.scalers.target, value),
    ),
  );
}

/** Beyond its horizon it is shown its own predictions as bars that came, a horizon at a time, see `heldWithin`. */
async function goOn(
  subject: SeenSubject,
  direct: readonly number[],
  times: readonly number[],
  predict: Predict,
): Promise<readonly number[]> {
  const { config } = subject;
  const needed = barsOfWindow(config);
  let { bars } = subject;
  const hold = heldWithin(config.target, columnOf(bars, config.target).slice(-sigmaLookBack));
  const said = [...direct];
  while (said.length < times.length) {
    const come = said.slice(-config.horizon);
    const until = said.length;
    bars = followedBy(bars, config.target, come, times.slice(until - come.length, until), needed);
    const newest = bars.time.length - 1;
    const inputs = inputColumns({ ...subject, bars }, config);
    const anchors = { firstAnchor: newest, endAnchor: newest + 1 };
    const next = await predictionsAt({ ...subject, bars }, inputs, anchors, predict);
    const from = said.at(-1)!;
    said.push(...next.map((predicted, step) => hold(from, predicted, step + 1)));
  }
  return said.slice(0, times.length);
}

interface Place {
  /** The first anchor whose outcomes the run's intervals have not learnt from. */
  readonly since: number;
  /** From the run's bars to these; null where its last bar is none of them. */
  readonly shift: number | null;
}

/** Where the run's last bar is among the newest ones. They may end before it, after a return to an earlier version. */
function placeOf({ barCount, lastTime }: ForecastOrigin, time: Float64Array, horizon: number): Place {
  let seenTo = time.length - 1;
  while (seenTo >= 0 && time[seenTo]! > lastTime) seenTo--;
  return time[seenTo] === lastTime
    ? { since: seenTo - horizon + 1, shift: seenTo - (barCount - 1) }
    : { since: seenTo + 1, shift: null };
}

/** What the run's intervals left, for these bars: without forecasts whose outcome is not among them. */
function stateAt({ steps }: AdaptiveState, shift: number | null, complete: number): AdaptiveState {
  return {
    steps: steps.map(({ pending, ...learnt }, index) => ({
      ...learnt,
      pending:
        shift === null
          ? []
          : pending
              .map((forecast) => ({ ...forecast, anchor: forecast.anchor + shift }))
              .filter(({ anchor }) => anchor + index + 1 >= complete),
    })),
  };
}
