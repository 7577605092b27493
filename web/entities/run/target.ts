/** What is forecast, in words and units for people: a price, a volatility or a volume. Pure. */
import type { PriceField } from "../../graphql/generated/graphql.ts";
import { compactCount, price } from "../../lib/format.ts";

export interface Target {
  readonly noun: "price" | "volatility" | "volume";
  /** Of its values; null where they have none. */
  readonly unit: string | null;
  /** The naive forecast, as it is named beside others. */
  readonly lastValue: "Last price" | "Last value";
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
      unit: "% a year",
      lastValue: "Last value",
      value: (value) => (price(value) === "–" ? "–" : `${price(value)}% a year`),
      mark: (value) => `${Number(value.toPrecision(4))}%`,
      error: (error) => `a factor of ${volatilityFactor(error).toFixed(2)}`,
    };
  if (field === "VOLUME")
    return {
      noun: "volume",
      unit: null,
      lastValue: "Last value",
      value: (value) =>
        value === null || value === undefined || !Number.isFinite(value) ? "–" : compactCount(value),
      mark: compactCount,
      error: compactCount,
    };
  return {
    noun: "price",
    unit: currency,
    lastValue: "Last price",
    value: withUnit,
    mark: null,
    error: withUnit,
  };
}

/** Volatility is the root of variance: a distance of logarithms of variance is half of one between volatilities. */
export const volatilityFactor = (distance: number): number => Math.exp(distance / 2);
