/** The facts of a series that has nothing wrong with it but what a test says. */
import type { PriceField } from "../../server/domain/price-series.ts";
import type { FieldFacts, SeriesFacts } from "../../server/recipe/series-facts.ts";

export function cleanFacts(
  barCount: number,
  fields: Partial<Record<PriceField, Partial<FieldFacts>>> = {},
): SeriesFacts {
  const clean = { missing: 0, notPositive: 0 };
  const facts = (field: PriceField) => ({ ...clean, ...fields[field] });
  return {
    barCount,
    fields: {
      OPEN: facts("OPEN"),
      HIGH: facts("HIGH"),
      LOW: facts("LOW"),
      CLOSE: facts("CLOSE"),
      ADJUSTED_CLOSE: facts("ADJUSTED_CLOSE"),
      VOLUME: facts("VOLUME"),
    },
    news: () => ({ seenLowest: 1, seenHighest: 2, unseen: 0 }),
  };
}
