/** What the network sees of each bar: the columns of its fields, as they are or as changes, and of its indicators. */
import { type BarTable, columnOf, type PriceField } from "../domain/price-series.ts";
import { indicatorName } from "../recipe/indicators.ts";
import { changeOf, isChanged } from "../recipe/series-facts.ts";
import type { TrainingConfig } from "../recipe/training-config.ts";
import { indicatorColumn } from "./indicators/indicator-column.ts";
import { change } from "./transform.ts";

export interface InputColumn {
  /** For people: "CLOSE", "Log return". */
  readonly name: string;
  /** One a bar, in its own unit; those before `barsBeforeRow` (splits.ts) are not to be used. */
  readonly values: Float64Array;
  /** Each window sees its distance from the window's last value. */
  readonly isMinusLast: boolean;
}

/**
 * Fields first, then indicators, each in the order asked for.
 * @param timezone IANA zone of the exchange: weekdays are its own
 */
export function inputColumns(bars: BarTable, config: TrainingConfig, timezone: string): InputColumn[] {
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
  ];
}

function fieldValues(bars: BarTable, config: TrainingConfig, field: PriceField): Float64Array {
  const column = columnOf(bars, field);
  if (!isChanged(field, config)) return column;
  const form = changeOf(field, config);
  return column.map((value, bar) => (bar === 0 ? Number.NaN : change(form, column[bar - 1]!, value)));
}
