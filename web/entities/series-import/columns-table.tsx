/** The first rows of a file, with a choice above each column of what it is. */
"use client";
import input from "../../components/input.module.css";
import { ScrollBox } from "../../components/scroll-box.tsx";
import table from "../../components/table.module.css";
import { t } from "../../lib/words/t.ts";
import styles from "./columns-table.module.css";
import type { PreviewRow } from "./csv-preview.ts";

export interface TableColumn<Role extends string> {
  /** Its place in the rows. */
  readonly at: number;
  /** As the file calls it; empty without a header. */
  readonly name: string;
  /** What the choice above it is called. */
  readonly label: string;
  readonly role: Role;
}

interface Props<Role extends string> {
  readonly columns: readonly TableColumn<Role>[];
  readonly rows: readonly PreviewRow[];
  /** What a column may be that is `role` now. */
  readonly choicesFor: (role: Role) => readonly { readonly role: Role; readonly name: string }[];
  readonly onRole: (column: TableColumn<Role>, role: Role) => void;
}

const shownRows = 5;

export function ColumnsTable<Role extends string>({ columns, rows, choicesFor, onRole }: Props<Role>) {
  return (
    <ScrollBox label={t("First rows of the file")}>
      <table className={`${table.table} ${styles.columns}`}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.at} scope="col">
                {column.name !== "" && <span className={styles.name}>{column.name}</span>}
                <select
                  className={input.input}
                  aria-label={column.label}
                  value={column.role}
                  onChange={({ target }) => onRole(column, target.value as Role)}
                >
                  {choicesFor(column.role).map(({ role, name }) => (
                    <option key={role} value={role}>
                      {name}
                    </option>
                  ))}
                </select>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shownRows).map(({ line, cells }) => (
            <tr key={line}>
              {columns.map(({ at, role }) => (
                <td key={at} className={role === "" ? table.soft : undefined}>
                  {cells[at] ?? ""}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
