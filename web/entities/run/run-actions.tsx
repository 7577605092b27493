/** What a person says of a run: its name, its tags, a note, whether it is archived or the baseline of its series. */
"use client";
import { useId, useRef, useState } from "react";
import { useMutation } from "urql";
import { Button } from "../../components/button.tsx";
import type { RunNotesFragment } from "../../graphql/generated/graphql.ts";
import { readError } from "../../lib/api-error.ts";
import { inWords } from "../../lib/api-words.ts";
import { t } from "../../lib/words/t.ts";
import styles from "./run-actions.module.css";
import { RunNotesDialog } from "./run-notes-dialog.tsx";
import { pinBaselineMutation, unpinBaselineMutation, updateRunsMutation } from "./run-notes-documents.ts";

export function RunActions({ run, onChanged }: { run: RunNotesFragment; onChanged?: () => void }) {
  const menuId = useId();
  const menu = useRef<HTMLDivElement>(null);
  const [isEditing, setIsEditing] = useState(false);
  const [update, updateRuns] = useMutation(updateRunsMutation);
  const [pinned, pin] = useMutation(pinBaselineMutation);
  const [unpinned, unpin] = useMutation(unpinBaselineMutation);
  const isBusy = update.fetching || pinned.fetching || unpinned.fetching;
  const error = update.error ?? pinned.error ?? unpinned.error;

  const choose = (what: () => Promise<{ error?: unknown }>) => async () => {
    menu.current?.hidePopover();
    if (!(await what()).error) onChanged?.();
  };
  // Another run of the series may have been the baseline, and the answer does not name it.
  const all = { additionalTypenames: ["Run", "PriceSeries"] };
  return (
    <span className={styles.actions}>
      <Button popoverTarget={menuId} aria-haspopup="true" className={styles.opener!} disabled={isBusy}>
        {run.isBaseline && <span title={t("The baseline of its series")}>★</span>}
        {t("Edit")} <span aria-hidden>▾</span>
      </Button>
      <div id={menuId} ref={menu} popover="auto" className={styles.menu}>
        <button
          type="button"
          onClick={() => {
            menu.current?.hidePopover();
            setIsEditing(true);
          }}
        >
          {t("Name, tags and note…")}
        </button>
        <button
          type="button"
          onClick={choose(() =>
            run.isBaseline ? unpin({ priceSeriesId: run.priceSeries.id }, all) : pin({ runId: run.id }, all),
          )}
        >
          {run.isBaseline ? t("No longer the baseline") : t("Pin as the series' baseline")}
        </button>
        <button
          type="button"
          onClick={choose(() => updateRuns({ ids: [run.id], input: { archived: !run.archived } }, all))}
        >
          {run.archived ? t("Take out of the archive") : t("Archive")}
        </button>
      </div>
      {error && (
        <span role="alert" className={styles.error}>
          {inWords(readError(error).message)}
        </span>
      )}
      {isEditing && (
        <RunNotesDialog
          run={run}
          onClose={() => setIsEditing(false)}
          onChanged={() => {
            setIsEditing(false);
            onChanged?.();
          }}
        />
      )}
    </span>
  );
}
