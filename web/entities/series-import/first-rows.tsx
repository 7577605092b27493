/** The first rows of a file with a header, below what each column is read as; a choice above each says otherwise. */
"use client";
import input from "../../components/input.module.css";
import { ScrollBox } from "../../components/scroll-box.tsx";
import table from "../../components/table.module.css";
import { t } from "../../lib/words/t.ts";
import { type HeaderRole, roleChoices, roleOf, withHeaderRole } from "./column-roles.ts";
import { type PreviewRow, previewTable } from "./csv-preview.ts";
import styles from "./import.module.css";
import type { ImportForm } from "./import-form.ts";
import type { ImportReport } from "./import-payload.ts";

interface Props {
  readonly rows: readonly PreviewRow[];
  readonly form: ImportForm;
  readonly columns: ImportReport["columns"];
  readonly onForm: (form: ImportForm) => void;
}

const shownRows = 5;

export function FirstRows({ rows, form, columns, onForm }: Props) {
  const headerLine = typeof form.header === "number" ? form.header : null;
  const found = columns.map(({ column }) => column);
  const { header, below } = previewTable(rows, headerLine, found);
  if (header.length === 0) return null;
  return (
    <section aria-label={t("First rows")} data-testid="first-rows">
      <h3>{t("First rows")}</h3>
      <ScrollBox label={t("First rows of the file")}>
        <table className={`${table.table} ${styles.firstRows}`}>
          <thead>
            <tr>
              {header.map(({ name, at }) => {
                const role = roleOf(name, columns, form);
                return (
                  <th key={at} scope="col">
                    <span className={styles.columnName}>{name}</span>
                    <select
                      className={input.input}
                      aria-label={t("column|{name} is", { name })}
                      value={role}
                      onChange={({ target }) =>
                        onForm(withHeaderRole(form, name, target.value as HeaderRole))
                      }
                    >
                      {role === "other" && <option value="other">{t("Several things")}</option>}
                      {roleChoices().map((choice) => (
                        <option key={choice.role} value={choice.role}>
                          {choice.name}
                        </option>
                      ))}
                    </select>
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {below.slice(0, shownRows).map(({ line, cells }) => (
              <tr key={line}>
                {header.map(({ name, at }) => (
                  <td key={at} className={roleOf(name, columns, form) === "" ? table.soft : undefined}>
                    {cells[at] ?? ""}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  );
}
