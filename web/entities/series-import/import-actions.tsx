/** The end of an import's dialog: store it, after a question where stored bars would change, or leave it. */
"use client";
import { useState } from "react";
import { Button, ButtonLink } from "../../components/button.tsx";
import { t, tn } from "../../lib/words/t.ts";
import styles from "./import.module.css";
import { rowsToStore } from "./import-form.ts";
import type { KnownSeries } from "./known-series.ts";
import type { ImportState } from "./use-import.ts";

interface Props {
  readonly state: ImportState;
  readonly isReady: boolean;
  readonly symbol: string;
  readonly series: KnownSeries | null;
  readonly hasNext: boolean;
  readonly onStore: () => void;
  readonly onNext: () => void;
}

export function ImportActions({ state, isReady, symbol, series, hasNext, onStore, onNext }: Props) {
  const [agreed, setAgreed] = useState<string | null>(null);
  if (state.phase === "stored")
    return (
      <footer className={styles.actions}>
        <span className={styles.storedWords} role="status">
          {t("Stored as {symbol}.", { symbol })}
        </span>
        {hasNext ? (
          <Button kind="primary" onClick={onNext}>
            {t("Next file")}
          </Button>
        ) : (
          <ButtonLink kind="primary" href={`/series/${state.seriesId}`} onClick={onNext}>
            {t("Open the series")}
          </ButtonLink>
        )}
        <ButtonLink href={`/runs/new?series=${state.seriesId}`}>{t("Train on it")}</ButtonLink>
        {!hasNext && <Button onClick={onNext}>{t("Close")}</Button>}
      </footer>
    );
  const report = state.phase === "refused" || !isReady ? null : state.report;
  const rows = report ? rowsToStore(report) : 0;
  const changed = report?.rowsUpdated ?? 0;
  // Agreed to these changes of this series: others ask again.
  const question = changed > 0 ? `${symbol} ${changed}` : null;
  const isAgreed = question === null || agreed === question;
  const isUpToDate = state.phase === "checked" && isReady && rows === 0;
  return (
    <footer className={styles.actions}>
      {question && (
        <label className={styles.agree}>
          <input
            type="checkbox"
            checked={isAgreed}
            onChange={({ target }) => setAgreed(target.checked ? question : null)}
          />
          <span>
            {tn(
              changed,
              "Change {n} bar of {series} that is stored already",
              "Change {n} bars of {series} that are stored already",
              { series: series?.name ?? symbol },
            )}
          </span>
        </label>
      )}
      <Button
        kind="primary"
        onClick={onStore}
        disabled={state.phase !== "checked" || rows === 0 || !isAgreed}
      >
        {importWords(state.phase === "storing", rows)}
      </Button>
      <Button onClick={onNext}>{hasNext ? t("Skip this file") : t("Discard")}</Button>
      {isUpToDate && <span>{t("All of it is stored already: there is nothing to import.")}</span>}
    </footer>
  );
}

function importWords(isStoring: boolean, rows: number): string {
  if (isStoring) return t("Importing…");
  return rows > 0 ? tn(rows, "Import {n} row", "Import {n} rows") : t("Import");
}
