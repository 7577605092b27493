/** Whether a run can see the other series that it asks for: their columns are whole, and they reach far enough back and on. */
import type { FieldChunkFacts } from "../domain/chunk-facts.ts";
import { InvalidInput } from "../domain/errors.ts";
import type { BarField } from "../domain/price-series.ts";
import { priceFieldChoices } from "./choices.ts";
import type { OtherSeries } from "./recipe-field.ts";
import { fieldsBehind } from "./series-facts.ts";
import { barsBeforeRow } from "./splits.ts";
import type { TrainingConfig } from "./training-config.ts";
import { usedBarCount } from "./used-bars.ts";

/** "SPX close" */
export const otherSeriesName = ({ symbol, priceSeriesId, field }: OtherSeries): string =>
  `${symbol ?? priceSeriesId} ${labelOf(field)}`;

const labelOf = (field: OtherSeries["field"]): string => priceFieldChoices.values[field].label.toLowerCase();

/** Where the bars of another series lie beside those of the run's, which are counted from the start of its whole series. */
export interface OtherFacts {
  readonly barCount: number;
  readonly fields: Readonly<Record<BarField, FieldChunkFacts>>;
  readonly firstTime: Date;
  readonly lastTime: Date;
  /** The first bar of the run's series at which a bar of the other is known. */
  readonly knownFrom: number;
  /** The last bars of the run's series, those that a newer bar of the other should have come for. */
  readonly staleBars: number;
}

/** Of the run's series, whole. */
export interface OwnBars {
  readonly barCount: number;
  /** When a bar begins. */
  readonly timeOf: (bar: number) => Promise<Date>;
}

export type OtherForm = "LEVEL" | "DIFFERENCE" | "LOG_RETURN";

/** As what a column of another series is shown. A logarithm is no ratio's, and of 0 there is none. */
export function formOf(
  field: OtherSeries["field"],
  facts: Readonly<Record<BarField, Pick<FieldChunkFacts, "missing" | "notPositive">>>,
): OtherForm {
  if (field === "LOG_VARIANCE") return "LEVEL";
  const { missing, notPositive } = facts[field];
  return missing === 0 && notPositive === 0 ? "LOG_RETURN" : "DIFFERENCE";
}

/** A weekend, a holiday, a day or two that were not imported yet. */
const staleToMention = 5;

/**
 * @param others one an entry of the configuration
 * @returns what their user should know, in plain words
 * @throws InvalidInput naming the entry
 */
export async function checkOtherSeries(
  config: TrainingConfig,
  own: OwnBars,
  others: readonly OtherFacts[],
): Promise<string[]> {
  const warnings: string[] = [];
  for (const [index, other] of config.otherSeries.entries()) {
    const path = `otherSeries[${index}]`;
    const facts = others[index]!;
    checkColumn(`${path}.field`, other, facts);
    await checkBegin(path, other, facts, config, own);
    warnings.push(...checkEnd(path, other, facts, config, own), ...warningsOfConstant(other, facts));
  }
  return warnings;
}

function checkColumn(path: string, { symbol, field }: OtherSeries, { barCount, fields }: OtherFacts): void {
  for (const stored of fieldsBehind(field)) {
    const { missing, notPositive } = fields[stored];
    const needs = stored === field ? `${path} is ${field}` : `${path} is ${field}, which needs ${stored}`;
    if (missing >= barCount) throw new InvalidInput(path, `${needs}, but ${symbol} has no values of it`);
    if (missing > 0)
      throw new InvalidInput(
        path,
        `${needs}, but ${missing} of the ${barCount} bars of ${symbol} have no value of it: it must have one in every bar`,
      );
    if (field === "LOG_VARIANCE" && notPositive > 0)
      throw new InvalidInput(
        path,
        `${needs} above 0, but it is 0 or below in ${notPositive} of the ${barCount} bars of ${symbol}`,
      );
  }
}

/** Its change needs the bar before the first row, too. */
async function checkBegin(
  path: string,
  { symbol }: OtherSeries,
  { firstTime, knownFrom }: OtherFacts,
  config: TrainingConfig,
  own: OwnBars,
): Promise<void> {
  const firstNeeded = config.skipFirstBars + barsBeforeRow(config) - 1;
  if (knownFrom <= firstNeeded) return;
  const skip = config.skipFirstBars + knownFrom - firstNeeded;
  const begins = `${symbol} begins on ${dayOf(firstTime)}, the run needs it from ${dayOf(await own.timeOf(firstNeeded))}`;
  throw new InvalidInput(
    path,
    skip + config.skipLastBars < own.barCount
      ? `${begins}: set skipFirstBars to ${skip}, or import more of ${symbol}`
      : `${begins}, and no bar of the run's series comes after that: import more of ${symbol}`,
  );
}

/** What never changes where the run is judged tells nothing there. */
function checkEnd(
  path: string,
  { symbol }: OtherSeries,
  { lastTime, staleBars }: OtherFacts,
  config: TrainingConfig,
  { barCount }: OwnBars,
): string[] {
  const stale = staleBars - config.skipLastBars;
  const heldOut = config.testBars + config.validationBars;
  const tooMany = heldOut > 0 ? heldOut : Math.ceil(usedBarCount(barCount, config) / 2);
  const ends = `${symbol} ends on ${dayOf(lastTime)}`;
  if (stale >= tooMany)
    throw new InvalidInput(
      path,
      `${ends}, before the last ${stale} bars of the run: ${heldOut > 0 ? `of the ${heldOut} that it is judged on none has news of it` : "too few are left"}. ` +
        `Import newer bars of ${symbol}, or set skipLastBars to ${staleBars}`,
    );
  if (stale <= staleToMention) return [];
  return [`${ends}: in the last ${stale} bars of the run the network sees its last value, unchanged.`];
}

function warningsOfConstant({ symbol, field }: OtherSeries, { fields }: OtherFacts): string[] {
  if (field === "LOG_VARIANCE") return [];
  const { lowest, highest } = fields[field];
  if (lowest !== highest) return [];
  return [
    `The ${labelOf(field)} of ${symbol} is ${lowest} in every bar, so it tells nothing: leave it out of what the network sees.`,
  ];
}

const dayOf = (time: Date): string => time.toISOString().slice(0, 10);
