/** The order of the runs where they stand as cards, which have no headings to press. */
"use client";
import input from "../../components/input.module.css";
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
  return (
    <div className={styles.sort}>
      <label>
        <span>Sort by</span>
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
              {columnsByName.get(name)?.label ?? (name === "name" ? "Name" : name)}
            </option>
          ))}
        </select>
      </label>
      <button type="button" className={styles.turn} onClick={() => onSort(flipped(sort))}>
        <span aria-hidden>{descending ? "↓" : "↑"}</span> {descending ? "Largest first" : "Smallest first"}
      </button>
    </div>
  );
}
