/** What a person says of a run: its name, its tags, a note, whether it is archived or the baseline of its series. */
"use client";
import { useState } from "react";
import { useMutation } from "urql";
import { Menu } from "../../components/menu.tsx";
import type { RunNotesFragment } from "../../graphql/generated/graphql.ts";
import { readError } from "../../lib/api-error.ts";
import { inWords } from "../../lib/api-words.ts";
import { t } from "../../lib/words/t.ts";
import styles from "./run-actions.module.css";
import { RunNotesDialog } from "./run-notes-dialog.tsx";
import { pinBaselineMutation, unpinBaselineMutation, updateRunsMutation } from "./run-notes-documents.ts";

export function RunActions({ run, onChanged }: { run: RunNotesFragment; onChanged?: () => void }) {
  const [isEditing, setIsEditing] = useState(false);
  const [update, updateRuns] = useMutation(updateRunsMutation);
  const [pinned, pin] = useMutation(pinBaselineMutation);
  const [unpinned, unpin] = useMutation(unpinBaselineMutation);
  const isBusy = update.fetching || pinned.fetching || unpinned.fetching;
  const error = update.error ?? pinned.error ?? unpinned.error;

  const choose = (what: () => Promise<{ error?: unknown }>) => async () => {
    if (!(await what()).error) onChanged?.();
  };
  // Another run of the series may have been the baseline, and the answer does not name it.
  const all = { additionalTypenames: ["Run", "PriceSeries"] };
  return (
    <span className={styles.actions}>
      <Menu
        label={
          <>
            {run.isBaseline && <span title={t("The baseline of its series")}>★</span>}
            {t("Edit")}
          </>
        }
        isDisabled={isBusy}
        items={[
          { name: t("Name, tags and note…"), onChoose: () => setIsEditing(true) },
          {
            name: run.isBaseline ? t("No longer the baseline") : t("Pin as the series' baseline"),
            onChoose: choose(() =>
              run.isBaseline
                ? unpin({ priceSeriesId: run.priceSeries.id }, all)
                : pin({ runId: run.id }, all),
            ),
          },
          {
            name: run.archived ? t("Take out of the archive") : t("Archive"),
            onChoose: choose(() => updateRuns({ ids: [run.id], input: { archived: !run.archived } }, all)),
          },
        ]}
      />
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
