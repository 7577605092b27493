/** The import of one file: options, what would happen, and then what happened. */
"use client";
import { useMemo, useState } from "react";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { ProgressBar } from "../../components/progress-bar.tsx";
import { Loading } from "../../components/states.tsx";
import { plural } from "../../lib/format.ts";
import { columnPositions } from "./column-places.ts";
import { firstRows, symbolFrom } from "./csv-preview.ts";
import styles from "./import.module.css";
import { emptyImportForm, type ImportForm, rowsToStore } from "./import-form.ts";
import { ImportFrame } from "./import-frame.tsx";
import { ImportOptions } from "./import-options.tsx";
import { questionOf, withAnswer, withInstrument } from "./import-question.ts";
import { ImportRefusal } from "./import-refusal.tsx";
import { ImportReportView } from "./import-report.tsx";
import type { ImportFile } from "./read-file.ts";
import { type ImportState, useImport } from "./use-import.ts";

export function ImportCard({ file, onClose }: { file: ImportFile; onClose: () => void }) {
  const suggested = symbolFrom(file.name);
  const [form, setForm] = useState<ImportForm>({ ...emptyImportForm, symbol: suggested });
  const change = (changes: Partial<ImportForm>) => setForm((before) => ({ ...before, ...changes }));
  const rows = useMemo(() => firstRows(file.head), [file]);
  const isReady = form.header !== "none" || columnPositions(form.places) !== null;
  const { state, store, again } = useImport(file, form, isReady);
  const isStored = state.phase === "stored";
  const error = state.phase === "refused" ? state.error : null;
  const question = error && questionOf(error, rows, form);
  // A question stands below with its answers; said beside a field, too, it would be said twice.
  const besideFields = question ? null : error;
  const report = "report" in state ? state.report : null;
  const { waiting, sent } = "waiting" in state ? state : { waiting: null, sent: null };
  return (
    <Card title={file.name} note={`Read as ${file.encoding}.${isStored ? "" : " Nothing is stored yet."}`}>
      <div className={styles.import}>
        {!isStored && (
          <>
            <ImportOptions form={form} rows={rows} error={besideFields} onChange={change} />
            <ImportFrame form={form} rows={rows} error={besideFields} onChange={change} />
          </>
        )}
        {form.instrument !== "" && !isStored && (
          <p className={styles.chosen}>
            Only <strong>{form.instrument}</strong> is taken from this file.{" "}
            <Button kind="quiet" onClick={() => setForm((before) => withInstrument(before, "", suggested))}>
              Choose another
            </Button>
          </p>
        )}
        {error && isReady && (
          <ImportRefusal
            error={error}
            question={question}
            onAnswer={(answer) => setForm((before) => withAnswer(before, answer, suggested))}
            onRetry={again}
          />
        )}
        {waiting && (
          <p className={styles.waiting} role="status">
            {waiting} The file is sent again by itself.
          </p>
        )}
        {sent && sent.done < sent.total && (
          <ProgressBar done={sent.done} total={sent.total} label="Sending the file" />
        )}
        {report && isReady ? (
          <ImportReportView report={report} isStored={isStored} />
        ) : (
          state.phase === "checking" && isReady && <Loading lines={2} label="Checking the file" />
        )}
        <ImportActions
          state={state}
          isReady={isReady}
          symbol={form.symbol}
          onStore={store}
          onClose={onClose}
        />
      </div>
    </Card>
  );
}

interface ActionsProps {
  readonly state: ImportState;
  readonly isReady: boolean;
  readonly symbol: string;
  readonly onStore: () => void;
  readonly onClose: () => void;
}

function ImportActions({ state, isReady, symbol, onStore, onClose }: ActionsProps) {
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
  const rows = state.phase === "refused" || !state.report || !isReady ? 0 : rowsToStore(state.report);
  const isUpToDate = state.phase === "checked" && isReady && rows === 0;
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
