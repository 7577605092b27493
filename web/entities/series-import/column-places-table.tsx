/** The first rows of a file without a header, with a choice above each column of what it is. */
"use client";
import input from "../../components/input.module.css";
import table from "../../components/table.module.css";
import { t } from "../../lib/words/t.ts";
import { type ColumnPlaces, type ColumnRole, columnRoles, missingPlaces, withRole } from "./column-places.ts";
import type { PreviewRow } from "./csv-preview.ts";
import styles from "./import.module.css";

interface Props {
  readonly rows: readonly PreviewRow[];
  readonly places: ColumnPlaces;
  readonly onChange: (places: ColumnPlaces) => void;
}

const shownRows = 4;

export function ColumnPlacesTable({ rows, places, onChange }: Props) {
  const missing = missingPlaces(places);
  return (
    <div>
      <div className={styles.places}>
        <table className={table.table}>
          <thead>
            <tr>
              {places.map((place, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column without a name is its place
                <th key={at} scope="col">
                  <select
                    className={input.input}
                    aria-label={t("Column {number} is", { number: at + 1 })}
                    value={place}
                    onChange={(event) => onChange(withRole(places, at, event.target.value as ColumnRole))}
                  >
                    {columnRoles().map(({ role, name }) => (
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
                {places.map((place, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place in the row
                  <td key={at} className={place === "" ? table.soft : undefined}>
                    {cells[at] ?? ""}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {missing && (
        <p className={styles.refused} role="alert">
          {t("{sentence}.", { sentence: missing })}
        </p>
      )}
    </div>
  );
}
