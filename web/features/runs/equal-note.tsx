/** Says which columns are hidden because they are equal in all rows, and with which value. */
import { cellOf, cellText } from "../../entities/run/cells.ts";
import { enumerated } from "../../entities/run/listed.ts";
import { said } from "../../lib/words/said.ts";
import { t } from "../../lib/words/t.ts";
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
        {t("Columns that are equal in all rows are shown.")}{" "}
        <button type="button" onClick={() => onShow(false)}>
          {t("Hide them")}
        </button>
      </p>
    );
  const words = equal.flatMap((name) => {
    const column = columnsByName.get(name);
    if (!column || !rows[0]) return [];
    const value = cellText(column, cellOf(rows[0], name));
    return [`${said(column.label)} ${value}`];
  });
  if (words.length === 0) return null;
  return (
    <p className={styles.note}>
      {t("Equal in all rows, so hidden: {columns}.", { columns: enumerated(words) })}{" "}
      <button type="button" onClick={() => onShow(true)}>
        {t("Show them")}
      </button>
    </p>
  );
}
