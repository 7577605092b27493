/** The runs of one experiment as one row: how many, and the mean and spread of their numbers. */
"use client";
import { PageLink } from "../../components/page-link.tsx";
import { cellText, isNumberColumn } from "../../entities/run/cells.ts";
import { Skill } from "../../entities/run/skill.tsx";
import { t, tn } from "../../lib/words/t.ts";
import { type Column, isDrawn } from "./columns.ts";
import styles from "./grid.module.css";
import { type Line, spreadOf } from "./grouping.ts";

interface Props {
  readonly line: Extract<Line, { kind: "group" }>;
  readonly place: number;
  readonly columns: readonly string[];
  readonly columnsByName: ReadonlyMap<string, Column>;
  readonly onToggle: () => void;
}

export function GroupRow({ line, place, columns, columnsByName, onToggle }: Props) {
  return (
    <tr className={`${styles.row} ${styles.group}`} aria-rowindex={place} data-group={line.id}>
      <td className={styles.choice}>
        <button
          type="button"
          className={styles.fold}
          aria-expanded={line.isOpen}
          aria-label={t("Runs of {name}", { name: line.name })}
          onClick={onToggle}
        >
          {line.isOpen ? "▾" : "▸"}
        </button>
      </td>
      <th scope="row" className={styles.name}>
        <PageLink href={`/experiments/${line.id}`} title={line.name} className={styles.link}>
          {line.name}
        </PageLink>
        <span className={styles.sub}>
          {tn(line.rows.length, "{n} run of this experiment", "{n} runs of this experiment")}
        </span>
      </th>
      {columns.map((name) => (
        <td key={name} className={styles.number}>
          <GroupCell line={line} name={name} column={columnsByName.get(name)} />
        </td>
      ))}
    </tr>
  );
}

function GroupCell({
  line,
  name,
  column,
}: Pick<Props, "line"> & { name: string; column: Column | undefined }) {
  if (!column || isDrawn(name) || !isNumberColumn(column) || column.kind === "TIME") return null;
  // A seed is a name, not a quantity.
  if (name === "seed") return null;
  const spread = spreadOf(line.rows, name);
  if (!spread) return null;
  const text = (number: number) => cellText(column, { number, text: null });
  const plain = (number: number) => text(number).replace(/^\+/, "");
  const rest = spread.deviation === null || spread.deviation === 0 ? "" : ` ± ${plain(spread.deviation)}`;
  const hint = rest
    ? tn(spread.count, "Mean ± standard deviation of {n} run", "Mean ± standard deviation of {n} runs")
    : tn(spread.count, "Mean of {n} run", "Mean of {n} runs");
  return (
    <span title={hint}>
      {name === "skill" ? <Skill value={spread.mean} /> : text(spread.mean)}
      <span className={styles.spread}>{rest}</span>
    </span>
  );
}
