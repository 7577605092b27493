/** Which series an import adds to, in one sentence: the first thing that a person must be able to check. */
import type { ReactNode } from "react";
import { rich, t } from "../../lib/words/t.ts";
import styles from "./import.module.css";
import { extentOf, type KnownSeries } from "./known-series.ts";

export function ImportTarget({ symbol, series }: { symbol: string; series: KnownSeries | null }) {
  return (
    <p className={styles.target} data-testid="import-target" role="status">
      {sentence(symbol.trim(), series)}
    </p>
  );
}

function sentence(symbol: string, series: KnownSeries | null): ReactNode {
  if (series)
    return rich("Adds to {series} ({extent}). Its dates are read in {timezone}.", {
      series: <strong>{series.name ?? series.symbol}</strong>,
      extent: extentOf(series),
      timezone: series.timezone,
    });
  if (symbol === "") return t("Give the series a symbol below.");
  return rich("Makes a new series, {symbol}.", { symbol: <strong>{symbol}</strong> });
}
