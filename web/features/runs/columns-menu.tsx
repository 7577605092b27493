/** Chooses the columns of the table, by group, with a search. */
"use client";
import { useId, useState } from "react";
import { Button } from "../../components/button.tsx";
import input from "../../components/input.module.css";
import type { Column } from "./columns.ts";
import { askedColumns, isDrawn, mostColumns, usualColumns } from "./columns.ts";
import styles from "./menus.module.css";

interface Props {
  readonly all: readonly Column[];
  readonly shown: readonly string[];
  readonly onChange: (shown: string[]) => void;
}

const drawn = [
  { name: "progress", label: "Progress", help: "Epochs of how many, and the time left" },
  { name: "curve", label: "Loss", help: "A small picture of the validation loss" },
];
const groups = {
  RUN: "Run",
  RESULT: "Results on the test",
  DATA: "Data",
  MODEL: "Network",
  TRAINING: "Training",
};

export function ColumnsMenu({ all, shown, onChange }: Props) {
  const id = useId();
  const [words, setWords] = useState("");
  const wanted = words.trim().toLowerCase();
  const fits = ({ name, label, help }: Pick<Column, "name" | "label" | "help">) =>
    `${name} ${label} ${help}`.toLowerCase().includes(wanted);
  const toggle = (name: string, isShown: boolean) =>
    onChange(isShown ? [...shown, name] : shown.filter((one) => one !== name));
  const isFull = askedColumns(shown).length >= mostColumns;
  const line = ({ name, label, help }: Pick<Column, "name" | "label" | "help">) => (
    <label key={name} title={help} className={styles.choice}>
      <input
        type="checkbox"
        checked={shown.includes(name)}
        disabled={isFull && !shown.includes(name) && !isDrawn(name)}
        onChange={({ target }) => toggle(name, target.checked)}
      />
      {label}
    </label>
  );
  return (
    <>
      <Button popoverTarget={id} aria-haspopup="true" className={styles.columnsButton!}>
        Columns
      </Button>
      <div id={id} popover="auto" className={`${styles.menu} ${styles.columns}`}>
        <input
          type="search"
          className={input.input}
          aria-label="Search columns"
          placeholder="Search columns"
          value={words}
          onChange={({ target }) => setWords(target.value)}
        />
        {isFull && (
          <p role="status">A table has at most {mostColumns} columns: take one away to add another.</p>
        )}
        {Object.entries(groups).map(([group, label]) => {
          const own = [
            ...(group === "RUN" ? drawn : []),
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
          As usual
        </Button>
      </div>
    </>
  );
}
