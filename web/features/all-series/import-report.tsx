/** What an import would do, or did, with each row. */
import { Facts } from "../../components/facts.tsx";
import table from "../../components/table.module.css";
import { count, plural } from "../../lib/format.ts";
import styles from "./import.module.css";
import type { ImportReport } from "./import-form.ts";

const shownProblems = 200;

export function ImportReportView({ report, isStored }: { report: ImportReport; isStored: boolean }) {
  const { problems } = report;
  return (
    <div data-testid="import-report">
      <Facts
        facts={[
          ["Rows read", count(report.rowsRead)],
          [isStored ? "Added" : "To add", count(report.rowsAdded)],
          [isStored ? "Updated" : "To update", count(report.rowsUpdated)],
          ["Known already", count(report.rowsUnchanged)],
          ["Rejected", count(report.rowsRejected)],
        ]}
      />
      {problems.length > 0 && (
        <div className={styles.problems}>
          <h3>{plural(problems.length, "problem")}</h3>
          <div className={styles.problemList}>
            <table className={table.table}>
              <thead>
                <tr>
                  <th scope="col" className={table.number}>
                    Line
                  </th>
                  <th scope="col">Column</th>
                  <th scope="col">What is wrong</th>
                </tr>
              </thead>
              <tbody>
                {problems.slice(0, shownProblems).map(({ line, column, message }) => (
                  <tr key={`${line} ${column} ${message}`}>
                    <td className={table.number}>{line}</td>
                    <td className={table.soft}>{column ?? "–"}</td>
                    <td>{message}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {problems.length > shownProblems && (
            <p className={table.soft}>and {plural(problems.length - shownProblems, "more problem")}</p>
          )}
        </div>
      )}
    </div>
  );
}
