/** A run as a row of the table; on a narrow screen as a card. */
"use client";
import { memo } from "react";
import { PageLink } from "../../components/page-link.tsx";
import { cellOf, isNumberColumn } from "../../entities/run/cells.ts";
import { LossSparkline } from "../../entities/run/loss-sparkline.tsx";
import { Skill } from "../../entities/run/skill.tsx";
import { StatusChip } from "../../entities/run/status-chip.tsx";
import { percent } from "../../lib/format.ts";
import { t } from "../../lib/words/t.ts";
import { TableCell } from "./cell.tsx";
import { type Column, isDrawn, type Row } from "./columns.ts";
import styles from "./grid.module.css";

interface Props {
  readonly row: Row;
  /** Among all rows, the heading's first. */
  readonly place: number;
  readonly isMember: boolean;
  readonly isCurrent: boolean;
  readonly isChosen: boolean;
  readonly columns: readonly string[];
  readonly columnsByName: ReadonlyMap<string, Column>;
  readonly onChoose: (id: string, isChosen: boolean, isRange: boolean) => void;
}

export const RunLine = memo(function RunLine(props: Props) {
  const { row, place, isMember, isCurrent, isChosen, columns, columnsByName, onChoose } = props;
  const classes = [
    styles.row,
    isChosen && styles.chosen,
    isCurrent && styles.current,
    isMember && styles.member,
  ];
  return (
    <tr
      className={classes.filter(Boolean).join(" ")}
      data-run={row.id}
      data-current={isCurrent || undefined}
      aria-rowindex={place}
    >
      <td className={styles.choice}>
        <label className={styles.box}>
          <input
            type="checkbox"
            aria-label={t("Choose {name}", { name: row.name })}
            checked={isChosen}
            onChange={({ target, nativeEvent }) =>
              onChoose(row.id, target.checked, (nativeEvent as MouseEvent).shiftKey === true)
            }
          />
        </label>
      </td>
      <th scope="row" className={styles.name}>
        <PageLink href={`/runs/${row.id}`} title={row.name} className={styles.link}>
          {row.isBaseline && <span title={t("The baseline of its series")}>★ </span>}
          {row.name}
        </PageLink>
        <span className={styles.sub}>{row.priceSeries.name ?? row.priceSeries.symbol}</span>
        <Card row={row} />
      </th>
      {columns.map((name) => {
        const column = columnsByName.get(name);
        const isNumber = column !== undefined && isNumberColumn(column) && !isDrawn(name);
        return (
          <td key={name} className={isNumber ? styles.number : undefined}>
            <TableCell row={row} name={name} column={column} />
          </td>
        );
      })}
    </tr>
  );
});

/** What there is room for on a phone. */
function Card({ row }: { row: Row }) {
  const skill = cellOf(row, "skill")?.number;
  return (
    <span className={styles.card}>
      <StatusChip status={row.status} />
      {row.status === "RUNNING" && <span>{percent(row.epoch / row.config.epochs)}</span>}
      {typeof skill === "number" && <Skill value={skill} />}
      <span className={styles.cardCurve}>
        {row.lossCurve.length > 0 && <LossSparkline losses={row.lossCurve} width={72} height={20} />}
      </span>
    </span>
  );
}
