/** Says which columns are hidden because they are equal in all rows, and with which value. */
import { cellOf, cellText } from "../../entities/run/cells.ts";
import type { Column, Row } from "./columns.ts";
import styles from "./runs-page.module.css";

interface Props {
  readonly equal: readonly string[];
  readonly rows: readonly Row[];
  readonly columnsByName: ReadonlyMap<string, Column>;
  readonly isShown: boolean;
  readonly onShow: (isShown: boolean) => void;
}

export function EqualNote({ equal, rows, columnsByName, isShown, onShow }: Props) {
  if (isShown)
    return (
      <p className={styles.note}>
        Columns that are equal in all rows are shown.{" "}
        <button type="button" onClick={() => onShow(false)}>
          Hide them
        </button>
      </p>
    );
  const words = equal.flatMap((name) => {
    const column = columnsByName.get(name);
    if (!column || !rows[0]) return [];
    const value = cellText(column, cellOf(rows[0], name));
    return [value === "–" ? `${column.label} –` : `${column.label} ${value}`];
  });
  if (words.length === 0) return null;
  return (
    <p className={styles.note}>
      Equal in all rows, so hidden: {words.join(", ")}.{" "}
      <button type="button" onClick={() => onShow(true)}>
        Show them
      </button>
    </p>
  );
}
