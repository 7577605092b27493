/** The numbers behind a chart, as a table. */
import { loss, plural } from "../../lib/format.ts";
import { ScrollBox } from "../scroll-box.tsx";
import table from "../table.module.css";
import { type ChartData, shownRows } from "./chart-data.ts";
import styles from "./chart-frame.module.css";

export function DataTable({ label, data }: { label: string; data: ChartData }) {
  const rows = shownRows(data.rows);
  return (
    <div className={styles.table} data-testid="chart-table">
      <ScrollBox label={`Table: ${label}`}>
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
          {rows.length} of {plural(data.rows.length, "row")}, evenly chosen: the CSV file has them all.
        </p>
      )}
    </div>
  );
}

const short = (value: number): string => {
  if (Number.isInteger(value)) return value.toLocaleString("en-US");
  return Math.abs(value) < 1 ? loss(value) : value.toLocaleString("en-US", { maximumSignificantDigits: 6 });
};
