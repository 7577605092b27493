/** What the network sees of each bar: the columns of its fields, as they are or as changes, of its indicators and of other series. */
import { type BarTable, columnOf, type PriceField } from "../domain/price-series.ts";
import { indicatorName } from "../recipe/indicators.ts";
import { changeOf, isChanged } from "../recipe/series-facts.ts";
import type { TrainingConfig } from "../recipe/training-config.ts";
import { indicatorColumn } from "./indicators/indicator-column.ts";
import { joined, type Others } from "./other-series.ts";
import { change } from "./transform.ts";

export interface InputColumn {
  /** For people: "CLOSE", "Log return". */
  readonly name: string;
  /** One a bar, in its own unit; those before `barsBeforeRow` (splits.ts) are not to be used. */
  readonly values: Float64Array;
  /** Each window sees its distance from the window's last value. */
  readonly isMinusLast: boolean;
}

/** What inputs are made of. */
export interface Sources {
  /** Those that the run uses. */
  readonly bars: BarTable;
  /** IANA zone of the exchange: weekdays are its own. */
  readonly timezone: string;
  /** Those that the configuration names. */
  readonly others: Others;
}

/** Fields first, then indicators, then other series, each in the order asked for. */
export function inputColumns({ bars, timezone, others }: Sources, config: TrainingConfig): InputColumn[] {
  if (others.columns.length !== config.otherSeries.length)
    throw new Error(
      `the run sees ${config.otherSeries.length} columns of other series, and ${others.columns.length} came`,
    );
  const isMinusLast = config.inputForm === "MINUS_LAST";
  return [
    ...config.features.map((field) => ({
      name: field,
      values: fieldValues(bars, config, field),
      isMinusLast,
    })),
    ...config.indicators.map((indicator) => ({
      name: indicatorName(indicator),
      values: indicatorColumn(bars, indicator, timezone),
      isMinusLast: false,
    })),
    ...others.columns.map((other) => ({
      name: other.name,
      values: joined(bars.time, others.reachMs, other),
      isMinusLast: false,
    })),
  ];
}

function fieldValues(bars: BarTable, config: TrainingConfig, field: PriceField): Float64Array {
  const column = columnOf(bars, field);
  if (!isChanged(field, config)) return column;
  const form = changeOf(field, config);
  return column.map((value, bar) => (bar === 0 ? Number.NaN : change(form, column[bar - 1]!, value)));
}
