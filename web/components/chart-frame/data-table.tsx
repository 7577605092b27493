/** The numbers behind a chart, as a table. */
import { loss } from "../../lib/format.ts";
import { numberLocale } from "../../lib/words/language.ts";
import { t, tn } from "../../lib/words/t.ts";
import { ScrollBox } from "../scroll-box.tsx";
import table from "../table.module.css";
import { type ChartData, shownRows } from "./chart-data.ts";
import styles from "./chart-frame.module.css";

export function DataTable({ label, data }: { label: string; data: ChartData }) {
  const rows = shownRows(data.rows);
  return (
    <div className={styles.table} data-testid="chart-table">
      <ScrollBox label={t("Table: {label}", { label })}>
        <table className={table.table}>
          <caption className="visually-hidden">{label}</caption>
          <thead>
            <tr>
              {data.columns.map((column, i) => (
                <th key={column} scope="col" className={i > 0 ? table.number : undefined}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([first, ...cells]) => (
              <tr key={String(first)}>
                <th scope="row">{first}</th>
                {cells.map((cell, i) => (
                  <td key={data.columns[i + 1]} className={table.number}>
                    {typeof cell === "number" ? short(cell) : (cell ?? "–")}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {rows.length < data.rows.length && (
        <p className={styles.values}>
          {tn(
            data.rows.length,
            "{shown} of {n} row, evenly chosen: the CSV file has them all.",
            "{shown} of {n} rows, evenly chosen: the CSV file has them all.",
            { shown: rows.length },
          )}
        </p>
      )}
    </div>
  );
}

const short = (value: number): string => {
  if (Number.isInteger(value)) return value.toLocaleString(numberLocale());
  return Math.abs(value) < 1
    ? loss(value)
    : value.toLocaleString(numberLocale(), { maximumSignificantDigits: 6 });
};
