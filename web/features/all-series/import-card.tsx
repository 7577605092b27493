/** The import of one file: options, what would happen, and then what happened. */
"use client";
import { useMemo, useState } from "react";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Loading } from "../../components/states.tsx";
import { plural } from "../../lib/format.ts";
import { headerOf, symbolFrom } from "./csv-file.ts";
import styles from "./import.module.css";
import { emptyImportForm, rowsToStore } from "./import-form.ts";
import { ImportOptions } from "./import-options.tsx";
import { ImportReportView } from "./import-report.tsx";
import { type ImportFile, type ImportState, useImport } from "./use-import.ts";

export function ImportCard({ file, onClose }: { file: ImportFile; onClose: () => void }) {
  const [form, setForm] = useState({ ...emptyImportForm, symbol: symbolFrom(file.name) });
  const header = useMemo(() => headerOf(file.csv), [file]);
  const { state, store } = useImport(file, form);
  const isStored = state.phase === "stored";
  const report = "report" in state ? state.report : null;
  return (
    <Card title={file.name} note={isStored ? undefined : "Nothing is stored yet."}>
      <div className={styles.import}>
        {!isStored && (
          <ImportOptions
            form={form}
            header={header}
            error={state.phase === "refused" ? state.error : null}
            onChange={setForm}
          />
        )}
        {state.phase === "refused" && (
          <p className={styles.refused} role="alert">
            {state.error.message}
          </p>
        )}
        {report ? (
          <ImportReportView report={report} isStored={isStored} />
        ) : (
          state.phase === "checking" && <Loading lines={2} label="Checking the file" />
        )}
        <ImportActions state={state} symbol={form.symbol} onStore={store} onClose={onClose} />
      </div>
    </Card>
  );
}

interface ActionsProps {
  readonly state: ImportState;
  readonly symbol: string;
  readonly onStore: () => void;
  readonly onClose: () => void;
}

function ImportActions({ state, symbol, onStore, onClose }: ActionsProps) {
  if (state.phase === "stored")
    return (
      <div className={styles.actions}>
        <span className={styles.stored} role="status">
          Stored as {symbol}.
        </span>
        <ButtonLink kind="primary" href={`/series/${state.seriesId}`}>
          Open the series
        </ButtonLink>
        <ButtonLink href={`/runs/new?series=${state.seriesId}`}>Train on it</ButtonLink>
        <Button onClick={onClose}>Close</Button>
      </div>
    );
  const rows = state.phase === "refused" || !state.report ? 0 : rowsToStore(state.report);
  const isUpToDate = state.phase === "checked" && rows === 0;
  return (
    <div className={styles.actions}>
      <Button kind="primary" onClick={onStore} disabled={state.phase !== "checked" || rows === 0}>
        {state.phase === "storing" ? "Importing…" : rows > 0 ? `Import ${plural(rows, "row")}` : "Import"}
      </Button>
      <Button onClick={onClose}>Discard</Button>
      {isUpToDate && <span>All of it is stored already: there is nothing to import.</span>}
    </div>
  );
}
