/** The order of the runs where they stand as cards, which have no headings to press. */
"use client";
import input from "../../components/input.module.css";
import { said } from "../../lib/words/said.ts";
import { t } from "../../lib/words/t.ts";
import type { Column } from "./columns.ts";
import { isDrawn } from "./columns.ts";
import styles from "./sort-choice.module.css";
import { flipped, nextSort, sortOf } from "./table-state.ts";

interface Props {
  readonly sort: string;
  readonly columns: readonly string[];
  readonly columnsByName: ReadonlyMap<string, Column>;
  readonly onSort: (sort: string) => void;
}

export function SortChoice({ sort, columns, columnsByName, onSort }: Props) {
  const { by, descending } = sortOf(sort);
  const offered = [...new Set(["name", by, ...columns.filter((name) => !isDrawn(name))])];
  const labelOf = (name: string) => {
    const column = columnsByName.get(name);
    if (column) return said(column.label);
    return name === "name" ? t("Name") : name;
  };
  return (
    <div className={styles.sort}>
      <label>
        <span>{t("Sort by")}</span>
        <select
          className={input.input}
          value={by}
          onChange={({ target }) => {
            const column = columnsByName.get(target.value);
            const isText = column === undefined || column.kind === "TEXT";
            onSort(nextSort("", target.value, column?.better ?? null, isText));
          }}
        >
          {offered.map((name) => (
            <option key={name} value={name}>
              {labelOf(name)}
            </option>
          ))}
        </select>
      </label>
      <button type="button" className={styles.turn} onClick={() => onSort(flipped(sort))}>
        <span aria-hidden>{descending ? "↓" : "↑"}</span>{" "}
        {descending ? t("Largest first") : t("Smallest first")}
      </button>
    </div>
  );
}
