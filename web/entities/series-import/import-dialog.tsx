/** The import of one file in a dialog: what it would add to and change, and then what happened. */
"use client";
import { type ReactNode, useEffect, useEffectEvent, useId, useMemo, useState } from "react";
import { Button } from "../../components/button.tsx";
import { ProgressBar } from "../../components/progress-bar.tsx";
import { Loading } from "../../components/states.tsx";
import { useModal } from "../../components/use-modal.ts";
import { useAskBeforeLeaving } from "../../lib/use-ask-before-leaving.ts";
import { rich, t } from "../../lib/words/t.ts";
import { columnPositions } from "./column-places.ts";
import { firstRows, symbolFrom } from "./csv-preview.ts";
import { FirstRows } from "./first-rows.tsx";
import styles from "./import.module.css";
import { ImportActions } from "./import-actions.tsx";
import type { ImportForm } from "./import-form.ts";
import { ImportFrame } from "./import-frame.tsx";
import { ImportOptions } from "./import-options.tsx";
import type { ImportReport } from "./import-payload.ts";
import { isAboutTable, questionOf, withAnswer, withInstrument } from "./import-question.ts";
import { ImportRefusal } from "./import-refusal.tsx";
import { ImportReportView } from "./import-report.tsx";
import { ImportTarget } from "./import-target.tsx";
import { useKnownSeries } from "./known-series.ts";
import type { ImportFile } from "./read-file.ts";
import { useImport } from "./use-import.ts";

interface Props {
  readonly file: ImportFile;
  /** Of the series that the page is about. */
  readonly symbol: string | undefined;
  /** Among the files that were given together. */
  readonly place: { readonly number: number; readonly of: number };
  readonly form: ImportForm;
  readonly onForm: (change: (before: ImportForm) => ImportForm) => void;
  readonly onStored: () => void;
  /** This file is dealt with, one way or the other. */
  readonly onNext: () => void;
  /** The dialog was closed before that. */
  readonly onClose: (isSending: boolean) => void;
  readonly children: ReactNode;
}

export function ImportDialog({ file, symbol, place, form, onForm, onNext, ...props }: Props) {
  const dialog = useModal();
  const titleId = useId();
  const suggested = symbol ?? symbolFrom(file.name);
  const change = (changes: Partial<ImportForm>) => onForm((before) => ({ ...before, ...changes }));
  const rows = useMemo(() => firstRows(file.head), [file]);
  const isReady = form.header !== "none" || columnPositions(form.places) !== null;
  const series = useKnownSeries(form.symbol);
  const { state, store, again } = useImport(file, form, isReady, series !== null);
  const isStored = state.phase === "stored";
  const tellStored = useEffectEvent(props.onStored);
  useEffect(() => {
    if (isStored) tellStored();
  }, [isStored]);
  const isSending = state.phase === "storing";
  useAskBeforeLeaving(isSending);
  const error = state.phase === "refused" ? state.error : null;
  const question = error && questionOf(error, rows, form);
  // A question stands below with its answers; said beside a field, too, it would be said twice.
  const besideFields = question ? null : error;
  const report = "report" in state ? state.report : null;
  const [known, setKnown] = useState<ImportReport["columns"] | null>(null);
  if (report && report.columns !== known) setKnown(report.columns);
  const { waiting, sent } = "waiting" in state ? state : { waiting: null, sent: null };
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby={titleId}
      onClose={() => (isStored ? onNext() : props.onClose(isSending))}
      // What is half typed is not lost by a key that was meant for a list.
      onCancel={(event) => event.target !== event.currentTarget && event.preventDefault()}
    >
      <header className={styles.heading}>
        <h2 id={titleId}>{file.name}</h2>
        <p>
          {[
            ...(place.of > 1 ? [t("File {number} of {of}.", place)] : []),
            t("Read as {encoding}.", file),
            ...(isStored ? [] : [t("Nothing is stored yet.")]),
          ].join(t("sentences| "))}
        </p>
        {props.children}
      </header>
      <div className={styles.import}>
        {!isStored && (
          <>
            <ImportTarget symbol={form.symbol} series={series} />
            <ImportOptions form={form} rows={rows} series={series} error={besideFields} onChange={change} />
            {form.header !== "none" && (
              <FirstRows
                rows={rows}
                form={form}
                columns={error && isAboutTable(error) ? null : known}
                onForm={(changed) => onForm(() => changed)}
              />
            )}
            <ImportFrame form={form} rows={rows} error={besideFields} onChange={change} />
          </>
        )}
        {form.instrument !== "" && !isStored && (
          <p className={styles.chosen}>
            {rich("Only {instrument} is taken from this file.", {
              instrument: <strong>{form.instrument}</strong>,
            })}{" "}
            <Button kind="quiet" onClick={() => onForm((before) => withInstrument(before, "", suggested))}>
              {t("Choose another")}
            </Button>
          </p>
        )}
        {error && isReady && (
          <ImportRefusal
            error={error}
            question={question}
            onAnswer={(answer) => onForm((before) => withAnswer(before, answer, suggested))}
            onRetry={again}
          />
        )}
        {waiting && (
          <p className={styles.waiting} role="status">
            {[waiting, t("The file is sent again by itself.")].join(t("sentences| "))}
          </p>
        )}
        {sent && sent.done < sent.total && (
          <ProgressBar done={sent.done} total={sent.total} label={t("Sending the file")} />
        )}
        {report && isReady ? (
          <ImportReportView
            report={report}
            isStored={isStored}
            series={series}
            timezone={series?.timezone ?? (form.timezone.trim() || "UTC")}
          />
        ) : (
          state.phase === "checking" && isReady && <Loading lines={2} label={t("Checking the file")} />
        )}
      </div>
      <ImportActions
        state={state}
        isReady={isReady}
        symbol={form.symbol}
        series={series}
        hasNext={place.number < place.of}
        onStore={store}
        onNext={onNext}
      />
    </dialog>
  );
}
