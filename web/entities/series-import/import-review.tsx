/** What an import would change: stored bars that become others, and jumps of the price that it brings. */
import { Notice } from "../../components/notice.tsx";
import { ScrollBox } from "../../components/scroll-box.tsx";
import table from "../../components/table.module.css";
import { argumentLabels } from "../../lib/argument-labels.ts";
import { barTime, compactCount, count, plural, price } from "../../lib/format.ts";
import styles from "./import.module.css";
import type { ImportReport } from "./import-payload.ts";
import { jumpWords } from "./jump-words.ts";

interface Props {
  readonly report: ImportReport;
  readonly timezone: string;
}

export function ImportReviewView({ report, timezone }: Props) {
  const { review, rowsUpdated } = report;
  return (
    <>
      {review.jumpCount > 0 && (
        <Notice tone="caution" title={`The price jumps by more than 30% ${timesOf(review.jumpCount)}`}>
          <ul className={styles.warnings} data-testid="import-jumps">
            {review.jumps.map((jump) => (
              <li key={jump.time}>{jumpWords(jump, timezone)}</li>
            ))}
            {review.jumpCount > review.jumps.length && (
              <li>and {count(review.jumpCount - review.jumps.length)} more</li>
            )}
          </ul>
        </Notice>
      )}
      {rowsUpdated > 0 && <ChangedBars report={report} timezone={timezone} />}
    </>
  );
}

const timesOf = (times: number): string => (times === 1 ? "once" : `${count(times)} times`);

function ChangedBars({ report: { review, rowsUpdated }, timezone }: Props) {
  const values = review.changedBars.flatMap(({ time, changes }) =>
    changes.map((change, at) => ({ ...change, time, rows: at === 0 ? changes.length : 0 })),
  );
  return (
    <div className={styles.problems}>
      <h3>{plural(rowsUpdated, "stored bar")} would change</h3>
      <ScrollBox label="Stored bars that would change">
        <table className={table.table} data-testid="changed-bars">
          <thead>
            <tr>
              <th scope="col">Bar</th>
              <th scope="col">What</th>
              <th scope="col" className={table.number}>
                Stored
              </th>
              <th scope="col" className={table.number}>
                In the file
              </th>
            </tr>
          </thead>
          <tbody>
            {values.map(({ time, field, before, after, rows }) => (
              <tr key={`${time} ${field}`}>
                {rows > 0 && (
                  <th scope="rowgroup" rowSpan={rows}>
                    {barTime(time, timezone)}
                  </th>
                )}
                <td>{argumentLabels[field] ?? field}</td>
                <td className={table.number}>{written(field, before)}</td>
                <td className={table.number}>
                  <strong>{written(field, after)}</strong>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {rowsUpdated > review.changedBars.length && (
        <p className={table.soft}>and {plural(rowsUpdated - review.changedBars.length, "more bar")}</p>
      )}
    </div>
  );
}

const written = (field: string, value: number | null): string =>
  value !== null && field === "volume" ? compactCount(value) : price(value);
