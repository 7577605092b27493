/** Gives a series another symbol, name or currency. */
"use client";
import { type FormEvent, useId, useState } from "react";
import { useMutation } from "urql";
import { Button } from "../../components/button.tsx";
import dialogStyles from "../../components/dialog.module.css";
import { Field } from "../../components/field.tsx";
import input from "../../components/input.module.css";
import { useModal } from "../../components/use-modal.ts";
import { readError } from "../../lib/api-error.ts";
import { t } from "../../lib/words/t.ts";
import { updateSeriesMutation } from "./documents.ts";
import styles from "./series-page.module.css";

interface Series {
  readonly id: string;
  readonly symbol: string;
  readonly name: string | null;
  readonly currency: string | null;
}

export function DescribeButton({ series }: { series: Series }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>{t("Rename")}</Button>
      {isOpen && <DescribeDialog series={series} onClose={() => setIsOpen(false)} />}
    </>
  );
}

const fieldsOf = () =>
  [
    { key: "symbol", label: t("Symbol"), hint: t("What it is found by; files named so add to it") },
    { key: "name", label: t("Name"), hint: t("Optional") },
    { key: "currency", label: t("Currency"), hint: t("Optional, such as USD") },
  ] as const;

function DescribeDialog({ series, onClose }: { series: Series; onClose: () => void }) {
  const dialog = useModal();
  const titleId = useId();
  const { id, symbol, name, currency } = series;
  const [typed, setTyped] = useState({ symbol, name: name ?? "", currency: currency ?? "" });
  const [{ fetching, error: failure }, update] = useMutation(updateSeriesMutation);
  const error = failure ? readError(failure) : null;
  const fields = fieldsOf();
  const isBesideField = fields.some(({ key }) => key === error?.field);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await update({ id, input: typed });
    if (!answer.error) onClose();
  };
  return (
    <dialog ref={dialog} className={dialogStyles.dialog} onClose={onClose} aria-labelledby={titleId}>
      <form onSubmit={save} className={styles.describe}>
        <h2 id={titleId}>{t("Rename this series")}</h2>
        {fields.map(({ key, label, hint }) => (
          <Field key={key} label={label} hint={hint} error={error?.field === key ? error.message : undefined}>
            {(tied) => (
              <input
                {...tied}
                className={input.input}
                value={typed[key]}
                autoComplete="off"
                onChange={({ target }) => setTyped((before) => ({ ...before, [key]: target.value }))}
              />
            )}
          </Field>
        ))}
        {error && !isBesideField && <p role="alert">{error.message}</p>}
        <div className={dialogStyles.answers}>
          <Button onClick={onClose}>{t("Keep it as it is")}</Button>
          <Button type="submit" kind="primary" disabled={fetching}>
            {t("Save")}
          </Button>
        </div>
      </form>
    </dialog>
  );
}
