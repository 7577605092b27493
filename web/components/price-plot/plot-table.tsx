/** The table behind a price plot: the bars that are drawn of what is in view. */
import { useState } from "react";
import { barTime, count } from "../../lib/format.ts";
import { t, tn } from "../../lib/words/t.ts";
import { ScrollBox } from "../scroll-box.tsx";
import table from "../table.module.css";
import { barAt, type PlotBars } from "./plot-bars.ts";
import { barValues } from "./plot-words.ts";
import styles from "./price-plot.module.css";

const mostRows = 200;

export function PlotTable({ bars, timezone }: { bars: PlotBars; timezone: string }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className={styles.table} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>{t("As a table")}</summary>
      {isOpen && <Rows bars={bars} timezone={timezone} />}
    </details>
  );
}

function Rows({ bars, timezone }: { bars: PlotBars; timezone: string }) {
  const total = bars.time.length;
  const places = Array.from({ length: Math.min(total, mostRows) }, (_, back) => total - 1 - back);
  const first = places[0] === undefined ? [] : barValues(barAt(bars, places[0]));
  return (
    <ScrollBox label={t("Prices as a table")}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t("Time")}</th>
            {first.map(([name]) => (
              <th scope="col" className={table.number} key={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {places.map((at) => (
            <tr key={bars.time[at]}>
              <td>{barTime(bars.time[at]!, timezone)}</td>
              {barValues(barAt(bars, at)).map(([name, value]) => (
                <td className={table.number} key={name}>
                  {value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {total > mostRows && (
        <p>
          {tn(
            total,
            "The newest {shown} of {n} bar that is drawn. All of them are in the CSV file.",
            "The newest {shown} of {n} bars that are drawn. All of them are in the CSV file.",
            { shown: count(mostRows) },
          )}
        </p>
      )}
    </ScrollBox>
  );
}
