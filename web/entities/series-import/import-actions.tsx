/** The end of an import's dialog: store it, after a question where stored bars would change, or leave it. */
"use client";
import { useState } from "react";
import { Button, ButtonLink } from "../../components/button.tsx";
import { plural } from "../../lib/format.ts";
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
          Stored as {symbol}.
        </span>
        {hasNext ? (
          <Button kind="primary" onClick={onNext}>
            Next file
          </Button>
        ) : (
          <ButtonLink kind="primary" href={`/series/${state.seriesId}`} onClick={onNext}>
            Open the series
          </ButtonLink>
        )}
        <ButtonLink href={`/runs/new?series=${state.seriesId}`}>Train on it</ButtonLink>
        {!hasNext && <Button onClick={onNext}>Close</Button>}
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
            Change {plural(changed, "bar")} of {series?.name ?? symbol} that {changed === 1 ? "is" : "are"}{" "}
            stored already
          </span>
        </label>
      )}
      <Button
        kind="primary"
        onClick={onStore}
        disabled={state.phase !== "checked" || rows === 0 || !isAgreed}
      >
        {state.phase === "storing" ? "Importing…" : rows > 0 ? `Import ${plural(rows, "row")}` : "Import"}
      </Button>
      <Button onClick={onNext}>{hasNext ? "Skip this file" : "Discard"}</Button>
      {isUpToDate && <span>All of it is stored already: there is nothing to import.</span>}
    </footer>
  );
}
