/** Chooses the columns of the table, by group, with a search. */
"use client";
import { useId, useState } from "react";
import { Button } from "../../components/button.tsx";
import input from "../../components/input.module.css";
import { said } from "../../lib/words/said.ts";
import { t } from "../../lib/words/t.ts";
import type { Column } from "./columns.ts";
import { askedColumns, isDrawn, mostColumns, usualColumns } from "./columns.ts";
import styles from "./menus.module.css";

interface Props {
  readonly all: readonly Column[];
  readonly shown: readonly string[];
  readonly onChange: (shown: string[]) => void;
}

type Choice = Pick<Column, "name" | "label" | "help">;

const drawn = (): Choice[] => [
  { name: "progress", label: t("Progress"), help: t("Epochs of how many, and the time left") },
  { name: "curve", label: t("Loss"), help: t("A small picture of the validation loss") },
];
const groups = () => ({
  RUN: t("Run"),
  RESULT: t("Results on the test"),
  DATA: t("Data"),
  MODEL: t("Network"),
  TRAINING: t("Training"),
});

export function ColumnsMenu({ all, shown, onChange }: Props) {
  const id = useId();
  const [words, setWords] = useState("");
  const wanted = words.trim().toLowerCase();
  const fits = ({ name, label, help }: Choice) =>
    [name, label, help, said(label), said(help)].join(" ").toLowerCase().includes(wanted);
  const toggle = (name: string, isShown: boolean) =>
    onChange(isShown ? [...shown, name] : shown.filter((one) => one !== name));
  const isFull = askedColumns(shown).length >= mostColumns;
  const line = ({ name, label, help }: Choice) => (
    <label key={name} title={said(help)} className={styles.choice}>
      <input
        type="checkbox"
        checked={shown.includes(name)}
        disabled={isFull && !shown.includes(name) && !isDrawn(name)}
        onChange={({ target }) => toggle(name, target.checked)}
      />
      {said(label)}
    </label>
  );
  return (
    <>
      <Button popoverTarget={id} aria-haspopup="true" className={styles.columnsButton!}>
        {t("Columns")}
      </Button>
      <div id={id} popover="auto" className={`${styles.menu} ${styles.columns}`}>
        <input
          type="search"
          className={input.input}
          aria-label={t("Search columns")}
          placeholder={t("Search columns")}
          value={words}
          onChange={({ target }) => setWords(target.value)}
        />
        {isFull && (
          <p role="status">
            {t("A table has at most {n} columns: take one away to add another.", { n: mostColumns })}
          </p>
        )}
        {Object.entries(groups()).map(([group, label]) => {
          const own = [
            ...(group === "RUN" ? drawn() : []),
            ...all.filter((column) => column.group === group && column.name !== "name"),
          ].filter(fits);
          return (
            own.length > 0 && (
              <fieldset key={group}>
                <legend>{label}</legend>
                {own.map(line)}
              </fieldset>
            )
          );
        })}
        <Button kind="quiet" onClick={() => onChange([...usualColumns])}>
          {t("As usual")}
        </Button>
      </div>
    </>
  );
}
