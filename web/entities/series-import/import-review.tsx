/** What an import would change: stored bars that become others, and jumps of the price that it brings. */
import { Notice } from "../../components/notice.tsx";
import { ScrollBox } from "../../components/scroll-box.tsx";
import table from "../../components/table.module.css";
import { barTime, compactCount, count, price } from "../../lib/format.ts";
import { t, tn } from "../../lib/words/t.ts";
import { roleName } from "./column-places.ts";
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
        <Notice
          tone="caution"
          title={tn(
            review.jumpCount,
            "The price jumps by more than 30% once",
            "The price jumps by more than 30% {n} times",
          )}
        >
          <ul className={styles.warnings} data-testid="import-jumps">
            {review.jumps.map((jump) => (
              <li key={jump.time}>{jumpWords(jump, timezone)}</li>
            ))}
            {review.jumpCount > review.jumps.length && (
              <li>{t("and {n} more", { n: count(review.jumpCount - review.jumps.length) })}</li>
            )}
          </ul>
        </Notice>
      )}
      {rowsUpdated > 0 && <ChangedBars report={report} timezone={timezone} />}
    </>
  );
}

function ChangedBars({ report: { review, rowsUpdated }, timezone }: Props) {
  const changed = new Set(review.changedBars.flatMap(({ changes }) => changes.map(({ field }) => field)));
  const fields = columnNames.filter((name) => changed.has(name));
  return (
    <div className={styles.problems}>
      <h3>{tn(rowsUpdated, "{n} stored bar would change", "{n} stored bars would change")}</h3>
      <ScrollBox label={t("Stored bars that would change")}>
        <table className={`${table.table} ${styles.changed}`} data-testid="changed-bars">
          <thead>
            <tr>
              <th scope="col">{t("Bar")}</th>
              {fields.map((field) => (
                <th scope="col" className={table.number} key={field}>
                  {roleName(field)}
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
        <p className={table.soft}>
          {tn(rowsUpdated - review.changedBars.length, "and {n} more bar", "and {n} more bars")}
        </p>
      )}
    </div>
  );
}

const written = (field: string, value: number | null): string =>
  value !== null && field === "volume" ? compactCount(value) : price(value);
