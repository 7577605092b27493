/** What is forecast, in words and units for people: a price, a volatility or a volume. Pure. */
import type { PriceField } from "../../graphql/generated/graphql.ts";
import { compactCount, price } from "../../lib/format.ts";
import { t } from "../../lib/words/t.ts";

export interface Target {
  /** What it is, for the program. */
  readonly noun: "price" | "volatility" | "volume";
  /** The same, within a sentence. */
  readonly word: string;
  /** Of its values; null where they have none. */
  readonly unit: string | null;
  /** The naive forecast, as it is named beside others: "Last price". */
  readonly lastValue: string;
  /** A value of a chart or its tooltip: "2,836.7 USD", "15.42% a year". */
  readonly value: (value: number | null | undefined) => string;
  /** A mark on a chart's axis; null: as prices are marked. */
  readonly mark: ((value: number) => string) | null;
  /** An error, or a width, as scores have it: of volatility as the factor that it means. */
  readonly error: (error: number) => string;
}

export function targetOf(field: PriceField, currency: string | null): Target {
  const unit = currency ? ` ${currency}` : "";
  const withUnit = (value: number | null | undefined) => {
    const text = price(value);
    return text === "–" ? text : `${text}${unit}`;
  };
  if (field === "LOG_VARIANCE")
    return {
      noun: "volatility",
      word: t("volatility"),
      unit: t("% a year"),
      lastValue: t("Last value"),
      value: (value) => (price(value) === "–" ? "–" : t("{value}% a year", { value: price(value) })),
      mark: (value) => `${Number(value.toPrecision(4))}%`,
      error: (error) => t("a factor of {factor}", { factor: volatilityFactor(error).toFixed(2) }),
    };
  if (field === "VOLUME")
    return {
      noun: "volume",
      word: t("volume"),
      unit: null,
      lastValue: t("Last value"),
      value: (value) =>
        value === null || value === undefined || !Number.isFinite(value) ? "–" : compactCount(value),
      mark: compactCount,
      error: compactCount,
    };
  return {
    noun: "price",
    word: t("price"),
    unit: currency,
    lastValue: t("Last price"),
    value: withUnit,
    mark: null,
    error: withUnit,
  };
}

/** Volatility is the root of variance: a distance of logarithms of variance is half of one between volatilities. */
export const volatilityFactor = (distance: number): number => Math.exp(distance / 2);
