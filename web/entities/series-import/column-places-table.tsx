/** The first rows of a file without a header, below what each column is said to be, and what is missing still. */
"use client";
import { t } from "../../lib/words/t.ts";
import { placesAfterDrop } from "./column-drop.ts";
import { type ColumnPlaces, columnRoles, missingPlaces, withRole } from "./column-places.ts";
import { ColumnsTable } from "./columns-table.tsx";
import type { PreviewRow } from "./csv-preview.ts";
import styles from "./import.module.css";

interface Props {
  readonly rows: readonly PreviewRow[];
  readonly places: ColumnPlaces;
  readonly onChange: (places: ColumnPlaces) => void;
}

export function ColumnPlacesTable({ rows, places, onChange }: Props) {
  const missing = missingPlaces(places);
  return (
    <div>
      <ColumnsTable
        columns={places.map((role, at) => ({
          at,
          name: "",
          label: t("Column {number} is", { number: at + 1 }),
          role,
        }))}
        rows={rows}
        choicesFor={columnRoles}
        onDrop={(from, to) => onChange(placesAfterDrop(places, from.at, to.at))}
        onRole={({ at }, role) => onChange(withRole(places, at, role))}
      />
      {missing && (
        <p className={styles.refused} role="alert">
          {t("{sentence}.", { sentence: missing })}
        </p>
      )}
    </div>
  );
}
