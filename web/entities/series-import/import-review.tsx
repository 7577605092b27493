/** What an import would change: stored bars that become others, and jumps of the price that it brings. */
import { Notice } from "../../components/notice.tsx";
import { ScrollBox } from "../../components/scroll-box.tsx";
import table from "../../components/table.module.css";
import { argumentLabels } from "../../lib/argument-labels.ts";
import { barTime, compactCount, count, plural, price } from "../../lib/format.ts";
import styles from "./import.module.css";
import { columnNames } from "./import-form.ts";
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
  const changed = new Set(review.changedBars.flatMap(({ changes }) => changes.map(({ field }) => field)));
  const fields = columnNames.filter((name) => changed.has(name));
  return (
    <div className={styles.problems}>
      <h3>{plural(rowsUpdated, "stored bar")} would change</h3>
      <ScrollBox label="Stored bars that would change">
        <table className={`${table.table} ${styles.changed}`} data-testid="changed-bars">
          <thead>
            <tr>
              <th scope="col">Bar</th>
              {fields.map((field) => (
                <th scope="col" className={table.number} key={field}>
                  {argumentLabels[field]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {review.changedBars.map(({ time, changes }) => (
              <tr key={time}>
                <th scope="row">{barTime(time, timezone)}</th>
                {fields.map((field) => {
                  const change = changes.find((it) => it.field === field);
                  return (
                    <td className={table.number} key={field}>
                      {change && (
                        <>
                          {written(field, change.before)} → <strong>{written(field, change.after)}</strong>
                        </>
                      )}
                    </td>
                  );
                })}
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
