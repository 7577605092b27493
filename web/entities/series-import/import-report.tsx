/** What an import would do, or did: its rows in numbers, its columns, what deserves a look, and what was left out. */
import { Facts } from "../../components/facts.tsx";
import { Notice } from "../../components/notice.tsx";
import table from "../../components/table.module.css";
import { inWords } from "../../lib/api-words.ts";
import { count } from "../../lib/format.ts";
import { t, tn } from "../../lib/words/t.ts";
import { ColumnReadings } from "./column-readings.tsx";
import styles from "./import.module.css";
import { ImportCourse } from "./import-course.tsx";
import type { ImportReport } from "./import-payload.ts";
import { ImportReviewView } from "./import-review.tsx";
import type { KnownSeries } from "./known-series.ts";

const shownProblems = 200;

interface Props {
  readonly report: ImportReport;
  readonly isStored: boolean;
  /** That the file adds to, as it is now. */
  readonly series: KnownSeries | null;
  readonly timezone: string;
}

export function ImportReportView({ report, isStored, series, timezone }: Props) {
  return (
    <div className={styles.report} data-testid="import-report">
      <Facts
        facts={[
          [t("Rows read"), count(report.rowsRead)],
          [isStored ? t("Added") : t("To add"), count(report.rowsAdded)],
          [isStored ? t("Updated") : t("To update"), count(report.rowsUpdated)],
          [t("Known already"), count(report.rowsUnchanged)],
          [t("Rejected"), count(report.rowsRejected)],
        ]}
      />
      {!isStored && <ImportCourse outline={report.review.outline} series={series} />}
      {!isStored && <ImportReviewView report={report} timezone={timezone} />}
      <ColumnReadings columns={report.columns} />
      {report.warnings.length > 0 && (
        <Notice tone="caution" title={t("Worth a look")}>
          <ul className={styles.warnings} data-testid="import-warnings">
            {report.warnings.map((warning) => (
              <li key={warning}>{inWords(warning)}</li>
            ))}
          </ul>
        </Notice>
      )}
      {report.problems.length > 0 && <Problems report={report} />}
    </div>
  );
}

function Problems({ report: { problems, rowsRejected } }: { report: ImportReport }) {
  const shown = problems.slice(0, shownProblems);
  return (
    <div className={styles.problems}>
      <h3>{tn(rowsRejected, "{n} row left out", "{n} rows left out")}</h3>
      <div className={styles.problemList}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col" className={table.number}>
                {t("file|Line")}
              </th>
              <th scope="col">{t("Column")}</th>
              <th scope="col">{t("What is wrong")}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ line, column, message }) => (
              <tr key={`${line} ${column} ${message}`}>
                <td className={table.number}>{line}</td>
                <td className={table.soft}>{column ?? "–"}</td>
                <td>{inWords(message)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rowsRejected > shown.length && (
        <p className={table.soft}>{t("and {n} more", { n: count(rowsRejected - shown.length) })}</p>
      )}
    </div>
  );
}
