/** A run's name, tags and note, to be changed. */
"use client";
import { type FormEvent, useState } from "react";
import { useMutation } from "urql";
import { Button } from "../../components/button.tsx";
import dialogStyles from "../../components/dialog.module.css";
import { Field } from "../../components/field.tsx";
import input from "../../components/input.module.css";
import { useModal } from "../../components/use-modal.ts";
import type { RunNotesFragment } from "../../graphql/generated/graphql.ts";
import { readError } from "../../lib/api-error.ts";
import { inWords } from "../../lib/api-words.ts";
import { t } from "../../lib/words/t.ts";
import { changesOf, notesProblem, typedOf } from "./run-notes.ts";
import styles from "./run-notes-dialog.module.css";
import { updateRunsMutation } from "./run-notes-documents.ts";

interface Props {
  readonly run: RunNotesFragment;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

export function RunNotesDialog({ run, onClose, onChanged }: Props) {
  const dialog = useModal();
  const [typed, setTyped] = useState(() => typedOf(run));
  const [isTold, setIsTold] = useState(false);
  const [{ fetching, error }, updateRuns] = useMutation(updateRunsMutation);
  const problem = notesProblem(typed);
  const set = (part: Partial<typeof typed>) => setTyped((before) => ({ ...before, ...part }));

  async function save(event: FormEvent) {
    event.preventDefault();
    setIsTold(true);
    if (problem) return;
    const changes = changesOf(run, typed);
    if (!changes) return onClose();
    const answer = await updateRuns({ ids: [run.id], input: changes }, { additionalTypenames: ["Run"] });
    if (!answer.error) onChanged();
  }

  return (
    <dialog
      ref={dialog}
      className={dialogStyles.dialog}
      onClose={onClose}
      aria-label={t("Name, tags and note")}
    >
      <h2>{t("Name, tags and note")}</h2>
      <form className={styles.form} onSubmit={save} noValidate>
        <Field label={t("Name")}>
          {(attributes) => (
            <input
              {...attributes}
              className={input.input}
              value={typed.name}
              onChange={({ target }) => set({ name: target.value })}
            />
          )}
        </Field>
        <Field label={t("Tags")} hint={t("Separated by commas: paper, baseline")}>
          {(attributes) => (
            <input
              {...attributes}
              className={input.input}
              value={typed.tags}
              onChange={({ target }) => set({ tags: target.value })}
            />
          )}
        </Field>
        <Field label={t("Note")}>
          {(attributes) => (
            <textarea
              {...attributes}
              className={`${input.input} ${styles.note}`}
              rows={4}
              value={typed.note}
              onChange={({ target }) => set({ note: target.value })}
            />
          )}
        </Field>
        {((isTold && problem) || error) && (
          <p role="alert" className={styles.problem}>
            {problem ?? inWords(readError(error!).message)}
          </p>
        )}
        <div className={dialogStyles.answers}>
          <Button onClick={onClose}>{t("Leave as it is")}</Button>
          <Button kind="primary" type="submit" disabled={fetching}>
            {t("Save")}
          </Button>
        </div>
      </form>
    </dialog>
  );
}
