/**
 * What a finished run says of the bars to come, from the newest version of its series: whatever was imported since the run
 * ended is used at once, by the network as it is.
 *
 *   run ─► its stored network ─► newest bars ─► outlook ─► times of the calendar ─► forecast ─► kept, to be scored later
 */
import { nextTimes, timesJudgedBy } from "../calendar/next-times.ts";
import { integerIn } from "../domain/checks.ts";
import { Conflict, InvalidInput, NotFound } from "../domain/errors.ts";
import type { Forecast, MadeForecast } from "../domain/forecast.ts";
import { columnOf, type PriceSeries } from "../domain/price-series.ts";
import { leastOf } from "../forecasting/bounds.ts";
import { type ForecastColumns, forecastAt } from "../forecasting/forecast.ts";
import { shapeOf } from "../forecasting/model-shape.ts";
import { baselineOutlook } from "../forecasting/outlook/baseline-outlook.ts";
import { networkOutlook } from "../forecasting/outlook/network-outlook.ts";
import { mostSteps, newestBars } from "../forecasting/outlook/newest-bars.ts";
import type { ForecastingModel, Outlook, Subject } from "../forecasting/outlook/outlook.ts";
import { wideningOf } from "../forecasting/outlook/widening.ts";
import { decodeModel } from "../forecasting/trained-model.ts";
import type { ForecastStore } from "../ports/forecasts.ts";
import type { ReadyNetworks, TrainedNetwork } from "../ports/models.ts";
import type { RunStore } from "../ports/runs.ts";
import type { ScheduleStore } from "../ports/schedules.ts";
import type { PriceSeriesStore } from "../ports/series.ts";
import { checkLevel } from "./check-level.ts";
import { keptAnswers } from "./kept-answers.ts";
import { newestOthers, type OthersPorts, othersUpToNow } from "./other-series.ts";
import type { ForecastAsked, ForecastRun, Services } from "./services.ts";
import { targetUnit } from "./target-unit.ts";

export interface ForecastPorts {
  readonly runs: Pick<RunStore, "model">;
  readonly series: Pick<PriceSeriesStore, "findById" | "findVersions" | "columns" | "column" | "countAfter"> &
    OthersPorts;
  readonly networks: Pick<ReadyNetworks, "predict">;
  readonly schedules: Pick<ScheduleStore, "find">;
  readonly forecasts: Pick<ForecastStore, "record">;
  /** Hears of a forecast that could not be stored: who asked for it has it all the same. */
  readonly onNotStored: (runId: string, error: unknown) => void;
}

/** Without their weights: some 10 kB a step of the horizon each. */
const modelsKept = 64;
const outlooksKept = 64;
const answersKept = 256;

/** What is the same for all that is asked of a run, a version and a forecaster. */
interface Prospect {
  readonly subject: Subject;
  readonly outlook: Outlook;
  readonly isUnlikeTraining: boolean;
  readonly modelAgeBars: number;
  /** Of the newest bars, in ms. */
  readonly time: Float64Array;
}

/**
 * Null while the run has not succeeded, and for those that ended before what forecasts need was kept.
 * @throws InvalidInput
 * @throws Conflict where its schedule says that it is too old, or where the newest bars lack what the run's network sees
 */
export function forecast(ports: ForecastPorts): Services["forecast"] {
  const models = keptAnswers<ForecastingModel | null>(modelsKept);
  const prospects = keptAnswers<Prospect | null>(outlooksKept);
  const answers = keptAnswers<Made | null>(answersKept);

  return async (run, asked) => {
    const { steps, level = 0.95, forecaster = "GRU" } = asked;
    integerIn("steps", steps, 1, mostSteps);
    checkLevel(level);
    if (forecaster === "ENSEMBLE" || forecaster === "OUTSIDE") throw noForecaster(forecaster);
    if (run.status !== "SUCCEEDED") return null;
    const series = await ports.series.findById(run.seriesId);
    if (!series || series.barCount === 0) return null;
    const others = await newestOthers(ports, run.config);
    const of = [run.id, series.version.id, forecaster, ...others.map(({ version }) => version.id)].join(" ");
    const made = await answers.get(`${of} ${steps}`, async () => {
      const prospect = await prospects.get(of, async () => {
        const trained = await models.get(run.id, () => trainedModel(ports, run.id));
        return trained && lookAhead(ports, run, trained, series, forecaster, others);
      });
      return prospect && make(ports, run, series, prospect, steps);
    });
    if (made) await refuseExpired(ports, run, made.of);
    return made && told(made, series, level);
  };
}

/** @throws Conflict where the run's schedule says that its network is too old */
async function refuseExpired(
  { schedules }: ForecastPorts,
  { id, scheduleId }: ForecastRun,
  { forecaster, modelAgeBars }: Pick<Forecast, "forecaster" | "modelAgeBars">,
): Promise<void> {
  const expiryBars = (scheduleId && (await schedules.find(scheduleId))?.expiryBars) || null;
  if (forecaster !== "GRU" || expiryBars === null || modelAgeBars <= expiryBars) return;
  throw new Conflict(
    `the network of run ${id} is ${modelAgeBars} bars old, and its schedule lets it forecast for ${expiryBars}: ` +
      "ask the schedule's champion if it is another, or train again",
  );
}

const noForecaster = (forecaster: string) =>
  new InvalidInput(
    "forecaster",
    `forecaster must be one that can be asked about bars to come, got ${forecaster}: its numbers came once, for bars that were there`,
  );

async function trainedModel({ runs }: ForecastPorts, runId: string): Promise<ForecastingModel | null> {
  const bytes = await runs.model(runId);
  if (!bytes) return null;
  const { origin, scalers, intervals, familiar } = decodeModel(bytes);
  return origin && { origin, scalers, intervals, familiar };
}

/** Asked for where the network is not ready: as large as the weights are, only one place keeps them. */
async function networkOf({ runs }: ForecastPorts, { id, config }: ForecastRun): Promise<TrainedNetwork> {
  const bytes = await runs.model(id);
  if (!bytes) throw new NotFound(`the run ${id} is there no more`);
  return { shape: shapeOf(config), weights: decodeModel(bytes).weights };
}

async function lookAhead(
  ports: ForecastPorts,
  run: ForecastRun,
  trained: ForecastingModel,
  { version, timezone }: PriceSeries,
  forecaster: NonNullable<ForecastAsked["forecaster"]>,
  newest: readonly PriceSeries[],
): Promise<Prospect> {
  const { series: store, networks } = ports;
  const { config } = run;
  const from = (count: number) => Math.max(0, version.barCount - count);
  const modelAgeBars = await store.countAfter(version, new Date(trained.origin.lastTime));
  const [bars, time] = await Promise.all([
    store.columns(version, from(newestBars(config, forecaster, modelAgeBars))),
    store.column(version, "time", from(timesJudgedBy), version.barCount),
  ]);
  const subject = { config, trained, bars, timezone };
  const shared = { subject, modelAgeBars, time };
  if (forecaster !== "GRU")
    return { ...shared, outlook: baselineOutlook(subject, forecaster), isUnlikeTraining: false };
  const others = await othersUpToNow(ports, config, newest, version, bars.time);
  const outlook = await networkOutlook({ ...subject, others }, (rows, starts) =>
    networks.predict(run.id, () => networkOf(ports, run), { rows, starts }),
  );
  return { ...shared, outlook, isUnlikeTraining: outlook.isUnlikeTraining };
}

/** A forecast in the target's own unit, at all levels, and what it is told in. */
interface Made {
  readonly of: Omit<Forecast, "level" | "predicted" | "lower" | "upper" | "recent" | "seriesVersion">;
  readonly columns: ForecastColumns;
  readonly recent: readonly number[];
  readonly inUnit: (value: number) => number;
}

async function make(
  ports: ForecastPorts,
  run: ForecastRun,
  series: PriceSeries,
  { subject, outlook, isUnlikeTraining, modelAgeBars, time }: Prospect,
  steps: number,
): Promise<Made> {
  const next = nextTimes(time, series.timezone, steps);
  const { target } = run.config;
  const widening = wideningOf(target, columnOf(subject.bars, target));
  const columns = await forecastAt(outlook, next.time, widening, leastOf(target));
  const times = next.time.map((at) => new Date(at));
  const recent = newestValues(subject, target);
  const step = times.map((_, at) => at + 1);
  if (outlook.who.forecaster === "GRU") await keep(ports, run, series, subject, columns, times);
  return {
    of: {
      forecaster: outlook.who.forecaster,
      forecasterName: outlook.who.name,
      time: times,
      step,
      isBeyondHorizon: step.map((one) => one > run.config.horizon),
      modelAgeBars,
      isUnlikeTraining,
      calendar: next.calendar,
      recentTime: recent.map(({ time }) => new Date(time)),
    },
    columns,
    recent: recent.map(({ value }) => value),
    inUnit: (await targetUnit(ports.series, run)).told,
  };
}

/** A chart begins with so many: about three months of days. */
const mostRecent = 60;

/** Bars without a value, such as a day without any move for its variance, are left out. */
function newestValues({ bars }: Subject, target: ForecastRun["config"]["target"]) {
  const values = columnOf(bars, target);
  return Array.from(bars.time, (time, at) => ({ time, value: values[at]! }))
    .filter(({ value }) => Number.isFinite(value))
    .slice(-mostRecent);
}

function told({ of, columns, recent, inUnit }: Made, { version }: PriceSeries, level: number): Forecast {
  const bounds = columns.bounds.get(level);
  const end = (values: readonly number[] | undefined) =>
    of.step.map((_, at) => {
      const value = values?.[at] ?? Number.NaN;
      return Number.isFinite(value) ? inUnit(value) : null;
    });
  return {
    ...of,
    level,
    predicted: columns.predicted.map(inUnit),
    recent: recent.map(inUnit),
    lower: end(bounds?.lower),
    upper: end(bounds?.upper),
    seriesVersion: version,
  };
}

/** Not where the run saw what comes next: after a return to an earlier version its forecasts would be no feat. */
async function keep(
  { forecasts, onNotStored }: ForecastPorts,
  { id, config }: ForecastRun,
  { version }: PriceSeries,
  { bars, trained }: Subject,
  { predicted, bounds }: ForecastColumns,
  times: readonly Date[],
): Promise<void> {
  const anchor = bars.time.at(-1)!;
  if (anchor < trained.origin.lastTime) return;
  const naive = columnOf(bars, config.target).at(-1)!;
  const { lower, upper } = bounds.get(0.95) ?? {};
  const known = (value: number | undefined) => (value !== undefined && Number.isFinite(value) ? value : null);
  const made = predicted.map(
    (value, at): MadeForecast => ({
      anchorTime: new Date(anchor),
      step: at + 1,
      time: times[at]!,
      predicted: value,
      naive,
      lower: known(lower?.[at]),
      upper: known(upper?.[at]),
      versionNumber: version.number,
    }),
  );
  await forecasts.record(id, made).catch((error: unknown) => onNotStored(id, error));
}
