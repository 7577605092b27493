/** Which series an import adds to, in one sentence: the first thing that a person must be able to check. */
import styles from "./import.module.css";
import { extentOf, type KnownSeries } from "./known-series.ts";

export function ImportTarget({ symbol, series }: { symbol: string; series: KnownSeries | null }) {
  return (
    <p className={styles.target} data-testid="import-target" role="status">
      {series ? (
        <>
          Adds to <strong>{series.name ?? series.symbol}</strong> ({extentOf(series)}). Its dates are read in{" "}
          {series.timezone}.
        </>
      ) : symbol.trim() === "" ? (
        "Give the series a symbol below."
      ) : (
        <>
          Makes a new series, <strong>{symbol.trim()}</strong>.
        </>
      )}
    </p>
  );
}
