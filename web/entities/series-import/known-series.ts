/** The series that an import adds to, by the symbol that stands in its form. */
"use client";
import type { KnownSeriesQuery } from "../../graphql/generated/graphql.ts";
import { day } from "../../lib/format.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { tn } from "../../lib/words/t.ts";
import { knownSeriesQuery } from "./documents.ts";

export type KnownSeries = NonNullable<KnownSeriesQuery["priceSeries"]>;

/** Null: there is none, or nobody knows yet. */
export function useKnownSeries(symbol: string): KnownSeries | null {
  const asked = symbol.trim();
  const { data, error } = useApiQuery(
    knownSeriesQuery,
    { symbol: asked },
    { pause: asked === "", about: ["PriceSeries"] },
  );
  const series = asked === "" || error ? null : (data?.priceSeries ?? null);
  // While another symbol is asked for, the answer is still about the one before.
  return series?.symbol === asked.normalize("NFC") ? series : null;
}

/** "5,105 bars, 3 Jan 2000 to 17 Apr 2020" */
export function extentOf({ barCount, firstTime, lastTime, timezone }: KnownSeries): string {
  if (!firstTime || !lastTime) return tn(barCount, "{n} bar", "{n} bars");
  return tn(barCount, "{n} bar, {from} to {to}", "{n} bars, {from} to {to}", {
    from: day(firstTime, timezone),
    to: day(lastTime, timezone),
  });
}
