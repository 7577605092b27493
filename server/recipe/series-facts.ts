/** Whether a series can be trained on as configured: long enough, without holes, above 0 where a logarithm is taken. */
import { InvalidInput } from "../domain/errors.ts";
import {
  type BarField,
  type BarTable,
  barFields,
  columnOf,
  type PriceField,
} from "../domain/price-series.ts";
import type { Split } from "../domain/run.ts";
import { indicatorEntry } from "./indicators.ts";
import type { Indicator } from "./recipe-field.ts";
import { barsBeforeRow, fewestBars } from "./splits.ts";
import type { TrainingConfig } from "./training-config.ts";

/** All that the checks need to know of a series. */
export interface SeriesFacts {
  readonly barCount: number;
  readonly fields: Readonly<Record<BarField, FieldFacts>>;
  /** How the bars [from, to) compare with all bars before `seenTo`. */
  readonly news: (field: BarField, seenTo: number, from: number, to: number) => NewsFacts;
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
  const facts = (field: BarField): [BarField, FieldFacts] => {
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
    fields: Object.fromEntries(barFields.map(facts)) as Record<BarField, FieldFacts>,
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
  config.indicators.forEach((indicator, index) => {
    checkIndicator(`indicators[${index}]`, indicator, series);
  });
}

/** The stored fields that a field is made of. */
export const fieldsBehind = (field: PriceField): readonly BarField[] =>
  field === "LOG_VARIANCE" ? ["OPEN", "HIGH", "LOW", "CLOSE"] : [field];

/**
 * Whether the network sees a feature's changes. Volume beside a price stays as it is unless changes are asked for: its level
 * tells more than its change, and it may be 0, of which there is no logarithm.
 */
export function isChanged(
  field: PriceField,
  { inputForm, transform, target }: Pick<TrainingConfig, "inputForm" | "transform" | "target">,
): boolean {
  if (inputForm !== "AS_TARGET") return inputForm === "CHANGE";
  return transform !== "PRICE" && (field !== "VOLUME" || target === "VOLUME");
}

/** As what a field's change is taken. A logarithm's ratio means nothing, and a volume may be 0. */
export function changeOf(
  field: PriceField,
  { transform, target }: Pick<TrainingConfig, "transform" | "target">,
): "DIFFERENCE" | "LOG_RETURN" {
  if (field === "LOG_VARIANCE" || (field === "VOLUME" && target !== "VOLUME")) return "DIFFERENCE";
  return transform === "LOG_RETURN" ? "LOG_RETURN" : "DIFFERENCE";
}

function checkField(path: string, field: PriceField, config: TrainingConfig, series: SeriesFacts): void {
  for (const stored of fieldsBehind(field)) checkPresent(path, field, stored, series);
  if (field === "LOG_VARIANCE") {
    if (path === "target" && config.transform === "LOG_RETURN")
      throw new InvalidInput(
        "transform",
        "transform LOG_RETURN has no meaning for the target LOG_VARIANCE, which is a logarithm already: use DIFFERENCE or PRICE",
      );
    checkPositive(path, field, fieldsBehind(field), series);
    return;
  }
  const isLogged =
    path === "target"
      ? config.transform === "LOG_RETURN"
      : isChanged(field, config) && changeOf(field, config) === "LOG_RETURN";
  const { notPositive } = series.fields[field];
  if (isLogged && notPositive > 0)
    throw new InvalidInput(
      "transform",
      `transform LOG_RETURN needs values above 0, but ${field} is 0 or below in ${notPositive} of ${series.barCount} bars: use DIFFERENCE or PRICE`,
    );
}

function checkPresent(path: string, asked: string, field: BarField, series: SeriesFacts): void {
  const { missing } = series.fields[field];
  if (missing === 0) return;
  const whose = asked === field ? `${path} is ${field},` : `${path} is ${asked}, which needs ${field},`;
  if (missing >= series.barCount) throw new InvalidInput(path, `${whose} but the series has no values of it`);
  const which = asked === field ? "which" : "and that";
  throw new InvalidInput(
    path,
    `${whose} ${which} ${missing} of the series' ${series.barCount} bars lack: it must have a value in every bar`,
  );
}

function checkPositive(path: string, asked: string, fields: readonly BarField[], series: SeriesFacts): void {
  for (const field of fields) {
    const { notPositive } = series.fields[field];
    if (notPositive > 0)
      throw new InvalidInput(
        path,
        `${path} is ${asked}, which needs values above 0, but ${field} is 0 or below in ${notPositive} of ${series.barCount} bars`,
      );
  }
}

function checkIndicator(path: string, { kind }: Indicator, series: SeriesFacts): void {
  const { needs, needsPositive } = indicatorEntry(kind);
  for (const field of needs) checkPresent(path, kind, field, series);
  if (needsPositive) checkPositive(path, kind, needs, series);
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
  const before = barsBeforeRow(config);
  const first = before === 0 ? "" : before === 1 ? "1 to change from + " : `${before} for the indicators + `;
  return `${first}window ${config.window} + horizon ${config.horizon}`;
}
