/**
 * Columns of other series, joined to the run's own bars: at each bar what was known of the other by its end, as domain/as-of.ts
 * says. A price is shown as its change since the bar before, so that a bar without news, and every bar after the other's
 * newest, is 0; a variance as it is.
 */
import { knownBars, lengthOfBars, reachOfBars } from "../domain/as-of.ts";
import { type BarTable, columnOf, type PriceField } from "../domain/price-series.ts";
import { formOf, type OtherForm, otherSeriesName } from "../recipe/other-series.ts";
import { seriesFacts } from "../recipe/series-facts.ts";
import type { TrainingConfig } from "../recipe/training-config.ts";
import { change } from "./transform.ts";

export interface OtherColumn {
  /** "SPX close" */
  readonly name: string;
  readonly bars: BarTable;
  readonly field: PriceField;
  readonly form: OtherForm;
  /** How long after its time a bar has ended. */
  readonly lengthMs: number;
}

/** What a run sees beside its own bars. */
export interface Others {
  /** How far after its time a bar of the run's own goes. */
  readonly reachMs: number;
  /** In the configuration's order. */
  readonly columns: readonly OtherColumn[];
}

export const noOthers: Others = { reachMs: 0, columns: [] };

/**
 * @param time of the run's whole series
 * @param tables by version
 */
export function othersOf(
  { otherSeries }: Pick<TrainingConfig, "otherSeries">,
  time: Float64Array,
  tables: ReadonlyMap<string, BarTable>,
): Others {
  if (otherSeries.length === 0) return noOthers;
  const columns = otherSeries.map((other): OtherColumn => {
    const bars = tables.get(other.seriesVersionId ?? "");
    if (!bars)
      throw new Error(
        `the bars of version ${other.seriesVersionId} of another series must come with the run`,
      );
    const form = formOf(other.field, seriesFacts(bars).fields);
    const lengthMs = lengthOfBars(bars.time);
    return { name: otherSeriesName(other), bars, field: other.field, form, lengthMs };
  });
  return { reachMs: reachOfBars(time), columns };
}

/** One a bar of `time`; NaN before the other's first bar is known, and where a change begins. */
export function joined(time: Float64Array, reachMs: number, other: OtherColumn): Float64Array {
  const column = columnOf(other.bars, other.field);
  const known = knownBars(time, reachMs, other.bars.time, other.lengthMs);
  const valueAt = (bar: number) => (bar < 0 || known[bar]! < 0 ? Number.NaN : column[known[bar]!]!);
  const { form } = other;
  return Float64Array.from(time, (_, bar) =>
    form === "LEVEL" ? valueAt(bar) : change(form, valueAt(bar - 1), valueAt(bar)),
  );
}
