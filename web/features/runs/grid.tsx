/** The table itself: a heading to sort by, and of its rows those that are in sight. */
"use client";
import { useEffect, useRef } from "react";
import { isNumberColumn } from "../../entities/run/cells.ts";
import { said } from "../../lib/words/said.ts";
import { t } from "../../lib/words/t.ts";
import type { Column } from "./columns.ts";
import { isDrawn } from "./columns.ts";
import styles from "./grid.module.css";
import { GroupRow } from "./group-row.tsx";
import type { Line } from "./grouping.ts";
import { useRowHeight } from "./row-height.ts";
import { RunLine } from "./run-line.tsx";
import { nextSort } from "./table-state.ts";
import { useWindowed } from "./use-windowed.ts";

interface Props {
  readonly lines: readonly Line[];
  readonly columns: readonly string[];
  readonly columnsByName: ReadonlyMap<string, Column>;
  readonly sort: string;
  readonly onSort: (sort: string) => void;
  readonly chosen: ReadonlySet<string>;
  /** @param isRange from the one before to this one */
  readonly onChoose: (id: string, isChosen: boolean, isRange: boolean) => void;
  readonly onChooseAll: (isChosen: boolean) => void;
  readonly current: string | null;
  readonly onToggleGroup: (id: string) => void;
  /** The last rows come into sight. */
  readonly onNearEnd: () => void;
}

/** So many rows before the end more are asked for. */
const nearEnd = 30;

const labels = (): Readonly<Record<string, string>> => ({
  progress: t("Progress"),
  curve: t("Loss"),
  status: t("Status"),
});

export function RunsGrid(props: Props) {
  const { lines, columns, columnsByName, sort, onSort, chosen, onChoose, onChooseAll, current } = props;
  const rowHeight = useRowHeight();
  const body = useRef<HTMLTableSectionElement>(null);
  const { from, to } = useWindowed(body, lines.length, rowHeight);
  const width = columns.length + 2;
  const { onNearEnd } = props;
  useEffect(() => {
    if (to > lines.length - nearEnd) onNearEnd();
  }, [to, lines.length, onNearEnd]);
  return (
    <table className={styles.grid} aria-rowcount={lines.length + 1}>
      <thead>
        <tr>
          <th scope="col" className={styles.choice}>
            <label className={styles.box}>
              <input
                type="checkbox"
                aria-label={t("Choose all runs")}
                checked={chosen.size > 0}
                onChange={({ target }) => onChooseAll(target.checked)}
              />
            </label>
          </th>
          {["name", ...columns].map((name) => (
            <Heading
              key={name}
              name={name}
              column={columnsByName.get(name)}
              sort={sort}
              onSort={onSort}
              className={name === "name" ? styles.name : undefined}
            />
          ))}
        </tr>
      </thead>
      <tbody ref={body}>
        {from > 0 && <Space height={from * rowHeight} width={width} />}
        {lines
          .slice(from, to)
          .map((line, at) =>
            line.kind === "group" ? (
              <GroupRow
                key={line.key}
                line={line}
                place={from + at + 2}
                columns={columns}
                columnsByName={columnsByName}
                onToggle={() => props.onToggleGroup(line.id)}
              />
            ) : (
              <RunLine
                key={line.key}
                row={line.row}
                place={from + at + 2}
                isMember={line.isMember}
                isCurrent={current === line.row.id}
                isChosen={chosen.has(line.row.id)}
                columns={columns}
                columnsByName={columnsByName}
                onChoose={onChoose}
              />
            ),
          )}
        {to < lines.length && <Space height={(lines.length - to) * rowHeight} width={width} />}
      </tbody>
    </table>
  );
}

/** Stands for rows that are out of sight. */
function Space({ height, width }: { height: number; width: number }) {
  return (
    <tr aria-hidden className={styles.space}>
      <td colSpan={width} style={{ height }} />
    </tr>
  );
}

interface HeadingProps {
  readonly name: string;
  readonly column: Column | undefined;
  readonly sort: string;
  readonly onSort: (sort: string) => void;
  readonly className: string | undefined;
}

function Heading({ name, column, sort, onSort, className }: HeadingProps) {
  const label = column ? said(column.label) : (labels()[name] ?? name);
  const isSorted = sort.replace(/^-/, "") === name;
  const isDescending = sort.startsWith("-");
  const isNumber = column !== undefined && isNumberColumn(column) && !isDrawn(name);
  const sorting = isSorted ? (isDescending ? "descending" : "ascending") : undefined;
  const classes = [className, isNumber ? styles.number : undefined].filter(Boolean).join(" ");
  const canSort = name === "status" || !isDrawn(name);
  return (
    <th scope="col" className={classes || undefined} aria-sort={sorting} title={column && said(column.help)}>
      {canSort ? (
        <button
          type="button"
          className={styles.sort}
          onClick={() => onSort(nextSort(sort, name, column?.better ?? null, !isNumber))}
        >
          {label}
          <span aria-hidden>{isSorted ? (isDescending ? "↓" : "↑") : ""}</span>
        </button>
      ) : (
        label
      )}
    </th>
  );
}
