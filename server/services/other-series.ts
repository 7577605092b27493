/** The other series that a run sees: pinned and checked before it is queued, and read anew for its forecasts. */
import { lengthOfBars, reachOfBars } from "../domain/as-of.ts";
import type { ChunkFacts } from "../domain/chunk-facts.ts";
import { InvalidInput, NotFound } from "../domain/errors.ts";
import { type BarField, barFields, type PriceSeries, type SeriesVersion } from "../domain/price-series.ts";
import { gapsJudgedBy } from "../domain/usual-gap.ts";
import { noOthers, type OtherColumn, type Others } from "../forecasting/other-series.ts";
import type { PriceSeriesStore } from "../ports/series.ts";
import { fillIn } from "../recipe/complete-config.ts";
import { checkOtherSeries, formOf, type OtherFacts, otherSeriesName } from "../recipe/other-series.ts";
import type { OtherSeries } from "../recipe/recipe-field.ts";
import type { TrainingConfig, TrainingRequest } from "../recipe/training-config.ts";

export type OthersPorts = Pick<
  PriceSeriesStore,
  "findMany" | "findVersions" | "chunkFacts" | "column" | "countAfter"
>;

/**
 * What is asked for, with the newest version of each.
 * @throws InvalidInput where one is not there, or is the run's own
 */
export async function pinOthers(
  { series: store }: { readonly series: OthersPorts },
  request: TrainingRequest,
  own: PriceSeries,
): Promise<OtherSeries[]> {
  if (!request.otherSeries?.length) return [];
  const { otherSeries } = fillIn(request);
  const found = await store.findMany(otherSeries.map(({ priceSeriesId }) => priceSeriesId));
  const byId = new Map(found.map((series) => [series.id, series]));
  return otherSeries.map((other, index) => {
    const path = `otherSeries[${index}].priceSeriesId`;
    const series = byId.get(other.priceSeriesId);
    if (!series) throw new InvalidInput(path, `${path} must be a series, there is no ${other.priceSeriesId}`);
    if (series.id === own.id)
      throw new InvalidInput(
        path,
        `${path} must be another series than the run's own, ${own.symbol}: its columns are features`,
      );
    if (series.barCount === 0)
      throw new InvalidInput(path, `${path} is ${series.symbol}, which has no bars: import some`);
    return { ...other, symbol: series.symbol, seriesVersionId: series.version.id };
  });
}

/** @returns what their user should know. @throws InvalidInput naming the entry */
export async function checkOthers(
  { series }: { readonly series: OthersPorts },
  config: TrainingConfig,
  own: SeriesVersion,
): Promise<string[]> {
  if (config.otherSeries.length === 0) return [];
  const versions = await series.findVersions(config.otherSeries.map((other) => other.seriesVersionId!));
  const reachMs = reachOfBars(await newestTimes(series, own));
  const facts: OtherFacts[] = [];
  for (const { seriesVersionId, priceSeriesId } of config.otherSeries) {
    const version = versions.find(({ id }) => id === seriesVersionId);
    if (!version)
      throw new InvalidInput("otherSeries", `the series ${priceSeriesId} changed just now: ask again`);
    facts.push(await factsOf(series, own, reachMs, version));
  }
  const timeOf = async (bar: number) => new Date((await series.column(own, "time", bar, bar + 1))[0]!);
  return checkOtherSeries(config, { barCount: own.barCount, timeOf }, facts);
}

async function factsOf(
  series: OthersPorts,
  own: SeriesVersion,
  reachMs: number,
  version: SeriesVersion,
): Promise<OtherFacts> {
  const lengthMs = lengthOfBars(await newestTimes(series, version));
  const [firstTime, lastTime] = [version.firstTime!, version.lastTime!];
  // The first bar is known at bars from this time on; after the second time a newer one than the last should be.
  const known = firstTime.getTime() + lengthMs - reachMs;
  const next = lastTime.getTime() + 2 * lengthMs - reachMs;
  return {
    barCount: version.barCount,
    fields: summed(await series.chunkFacts(version)),
    firstTime,
    lastTime,
    knownFrom: own.barCount - (await series.countAfter(own, new Date(Math.ceil(known) - 1))),
    staleBars: await series.countAfter(own, new Date(Math.ceil(next) - 1)),
  };
}

/** The series that a run sees, as they are now, one an entry of its configuration. */
export async function newestOthers(
  { series }: { readonly series: OthersPorts },
  { otherSeries }: TrainingConfig,
): Promise<PriceSeries[]> {
  if (otherSeries.length === 0) return [];
  const found = await series.findMany(otherSeries.map(({ priceSeriesId }) => priceSeriesId));
  return otherSeries.map(({ priceSeriesId }) => {
    const one = found.find(({ id }) => id === priceSeriesId);
    // The run keeps it from being deleted.
    if (!one) throw new NotFound(`the price series ${priceSeriesId}, which the run sees, is there no more`);
    return one;
  });
}

/**
 * What a forecast sees of them: the newest bars, in the form that the run was trained with.
 * @param newest as `newestOthers` has them
 * @param own the newest version of the run's series
 * @param time of its bars that the forecast is made of
 */
export async function othersUpToNow(
  { series }: { readonly series: OthersPorts & Pick<PriceSeriesStore, "columns"> },
  { otherSeries }: TrainingConfig,
  newest: readonly PriceSeries[],
  own: SeriesVersion,
  time: Float64Array,
): Promise<Others> {
  if (otherSeries.length === 0) return noOthers;
  const trainedOn = await series.findVersions(otherSeries.map((other) => other.seriesVersionId!));
  const columns: OtherColumn[] = [];
  for (const [index, other] of otherSeries.entries()) {
    const { version } = newest[index]!;
    const pinned = trainedOn.find(({ id }) => id === other.seriesVersionId);
    if (!pinned) throw new NotFound(`the version ${other.seriesVersionId} is there no more`);
    const lengthMs = lengthOfBars(await newestTimes(series, version));
    // With the newest before it, which is known at the first bar, wherever it lies.
    const since = await series.countAfter(version, new Date(Math.floor(time[0]! - lengthMs)));
    columns.push({
      name: otherSeriesName(other),
      bars: await series.columns(version, Math.max(0, version.barCount - since - 1)),
      field: other.field,
      form: formOf(other.field, summed(await series.chunkFacts(pinned))),
      lengthMs,
    });
  }
  return { reachMs: reachOfBars(await newestTimes(series, own)), columns };
}

const newestTimes = (series: OthersPorts, version: SeriesVersion): Promise<Float64Array> =>
  series.column(version, "time", Math.max(0, version.barCount - gapsJudgedBy - 1), version.barCount);

const summed = (chunks: readonly ChunkFacts[]): OtherFacts["fields"] =>
  Object.fromEntries(
    barFields.map((field) => {
      const of = chunks.map((facts) => facts[field]);
      return [
        field,
        {
          missing: of.reduce((sum, { missing }) => sum + missing, 0),
          notPositive: of.reduce((sum, { notPositive }) => sum + notPositive, 0),
          lowest: Math.min(...of.map(({ lowest }) => lowest)),
          highest: Math.max(...of.map(({ highest }) => highest)),
        },
      ];
    }),
  ) as Record<BarField, OtherFacts["fields"][BarField]>;
