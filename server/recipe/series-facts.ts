/** Whether a series can be trained on as configured: long enough, without holes, above 0 where a logarithm is taken. */
import { InvalidInput } from "../domain/errors.ts";
import { type BarTable, columnOf, type PriceField, priceFields } from "../domain/price-series.ts";
import type { Split } from "../domain/run.ts";
import { fewestBars } from "./splits.ts";
import type { TrainingConfig } from "./training-config.ts";

/** All that the checks need to know of a series. */
export interface SeriesFacts {
  readonly barCount: number;
  readonly fields: Readonly<Record<PriceField, FieldFacts>>;
  /** How the bars [from, to) compare with all bars before `seenTo`. */
  readonly news: (field: PriceField, seenTo: number, from: number, to: number) => NewsFacts;
}
export interface FieldFacts {
  /** Bars that have no value of this field. */
  readonly missing: number;
  /** Bars whose value is 0 or below. */
  readonly notPositive: number;
}

export interface NewsFacts {
  readonly seenLowest: number;
  readonly seenHighest: number;
  /** Bars whose value lies outside of what was seen. */
  readonly unseen: number;
}

export function seriesFacts(bars: BarTable): SeriesFacts {
  const facts = (field: PriceField): [PriceField, FieldFacts] => {
    let missing = 0;
    let notPositive = 0;
    for (const value of columnOf(bars, field)) {
      if (!Number.isFinite(value)) missing++;
      else if (value <= 0) notPositive++;
    }
    return [field, { missing, notPositive }];
  };
  return {
    barCount: bars.time.length,
    fields: Object.fromEntries(priceFields.map(facts)) as Record<PriceField, FieldFacts>,
    news: (field, seenTo, from, to) => newsIn(columnOf(bars, field), seenTo, from, to),
  };
}

function newsIn(column: Float64Array, seenTo: number, from: number, to: number): NewsFacts {
  const seen = column.subarray(0, seenTo);
  const seenLowest = seen.reduce((lowest, value) => Math.min(lowest, value), Number.POSITIVE_INFINITY);
  const seenHighest = seen.reduce((highest, value) => Math.max(highest, value), Number.NEGATIVE_INFINITY);
  const unseen = column
    .subarray(from, to)
    .filter((value) => value < seenLowest || value > seenHighest).length;
  return { seenLowest, seenHighest, unseen };
}

/** @throws InvalidInput naming the part of the configuration that the series does not allow */
export function checkSeries(config: TrainingConfig, series: SeriesFacts): void {
  checkLength(config, series.barCount);
  checkField("target", config.target, config, series);
  config.features.forEach((feature, index) => {
    checkField(`features[${index}]`, feature, config, series);
  });
}

/**
 * Whether a feature is turned into changes like the target. Volume beside a price stays as it is: its level
 * tells more than its change, and it may be 0, of which there is no logarithm.
 */
export const isTransformed = (field: PriceField, config: TrainingConfig): boolean =>
  config.transform !== "PRICE" && (field !== "VOLUME" || config.target === "VOLUME");

function checkField(path: string, field: PriceField, config: TrainingConfig, series: SeriesFacts): void {
  const { missing, notPositive } = series.fields[field];
  if (missing === series.barCount)
    throw new InvalidInput(path, `${path} is ${field}, but the series has no values of it`);
  if (missing > 0)
    throw new InvalidInput(
      path,
      `${path} is ${field}, which ${missing} of the series' ${series.barCount} bars lack: it must have a value in every bar`,
    );
  if (config.transform === "LOG_RETURN" && notPositive > 0 && isTransformed(field, config))
    throw new InvalidInput(
      "transform",
      `transform LOG_RETURN needs values above 0, but ${field} is 0 or below in ${notPositive} of ${series.barCount} bars: use DIFFERENCE or PRICE`,
    );
}

/** @throws InvalidInput where a part of the series would hold no window */
export function checkLength(config: TrainingConfig, barCount: number): void {
  const { window, horizon, testBars, validationBars } = config;
  for (const [split, field, held] of [
    ["TEST", "testBars", testBars],
    ["VALIDATION", "validationBars", validationBars],
  ] as const) {
    const fewest = fewestBars(split, config);
    if (held > 0 && held < fewest)
      throw new InvalidInput(
        field,
        `${field} must be 0 or at least ${fewest} (${sumOfFewest(split, config)}), got ${held}`,
      );
  }
  const needed = fewestBars("TRAIN", config) + validationBars + testBars;
  if (needed <= barCount) return;
  const mostToBlame =
    fewestBars("TRAIN", config) > barCount
      ? "window"
      : testBars >= validationBars
        ? "testBars"
        : "validationBars";
  throw new InvalidInput(
    mostToBlame,
    `the series is too short: window ${window}, horizon ${horizon}, validationBars ${validationBars} and testBars ${testBars} ` +
      `need ${needed} bars (${sumOfFewest("TRAIN", config)} + validation ${validationBars} + test ${testBars}), it has ${barCount}`,
  );
}

function sumOfFewest(split: Split, config: TrainingConfig): string {
  if (fewestBars(split, config) === config.horizon) return `horizon ${config.horizon}`;
  const first = config.transform === "PRICE" ? "" : "1 to change from + ";
  return `${first}window ${config.window} + horizon ${config.horizon}`;
}
