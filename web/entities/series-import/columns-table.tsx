/** The first rows of a file. Above each column stands what it is: to choose from a list, or to drag onto another column. */
"use client";
import { useRef } from "react";
import input from "../../components/input.module.css";
import { ScrollBox } from "../../components/scroll-box.tsx";
import table from "../../components/table.module.css";
import { t } from "../../lib/words/t.ts";
import { isDraggable } from "./column-drop.ts";
import styles from "./columns-table.module.css";
import type { PreviewRow } from "./csv-preview.ts";
import { RoleGrip } from "./role-grip.tsx";
import { useColumnDrag } from "./use-column-drag.ts";

export interface TableColumn<Role extends string> {
  /** Its place in the rows. */
  readonly at: number;
  /** As the file calls it; empty without a header. */
  readonly name: string;
  /** What the list above it is called. */
  readonly label: string;
  readonly role: Role;
}

interface Props<Role extends string> {
  readonly columns: readonly TableColumn<Role>[];
  readonly rows: readonly PreviewRow[];
  /** What a column may be that is `role` now. */
  readonly choicesFor: (role: Role) => readonly { readonly role: Role; readonly name: string }[];
  readonly onRole: (column: TableColumn<Role>, role: Role) => void;
  readonly onDrop: (from: TableColumn<Role>, to: TableColumn<Role>) => void;
}

const shownRows = 5;

export function ColumnsTable<Role extends string>(props: Props<Role>) {
  const { columns, rows, choicesFor, onRole, onDrop } = props;
  const box = useRef<HTMLElement>(null);
  const columnAt = (place: number | undefined) => columns.find(({ at }) => at === place);
  const { drag, take } = useColumnDrag(box, (from, to) => onDrop(columnAt(from)!, columnAt(to)!));
  const held = columnAt(drag?.from);
  const nameOf = (role: Role) => choicesFor(role).find((choice) => choice.role === role)?.name ?? "";
  const cell = (at: number) => ({
    "data-column": at,
    "data-target": (drag?.over === at && drag.from !== at) || undefined,
  });
  return (
    <ScrollBox label={t("First rows of the file")} ref={box}>
      <table className={`${table.table} ${styles.columns}`} data-dragging={drag !== null || undefined}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.at} scope="col" {...cell(column.at)}>
                {column.name !== "" && <span className={styles.name}>{column.name}</span>}
                <span className={styles.role}>
                  {isDraggable(column.role) && (
                    <RoleGrip name={nameOf(column.role)} onTake={(event) => take(column.at, event)} />
                  )}
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
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shownRows).map(({ line, cells }) => (
            <tr key={line}>
              {columns.map(({ at, role }) => (
                <td key={at} className={role === "" ? table.soft : undefined} {...cell(at)}>
                  {cells[at] ?? ""}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {drag && held && (
        <span className={styles.held} style={{ left: drag.x, top: drag.y }} aria-hidden>
          {nameOf(held.role)}
        </span>
      )}
    </ScrollBox>
  );
}
