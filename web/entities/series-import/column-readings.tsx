/** Which column of the file was read as what, and which were passed over. */
import { t } from "../../lib/words/t.ts";
import styles from "./column-readings.module.css";
import { columnReadings } from "./column-uses.ts";
import type { ImportReport } from "./import-payload.ts";

export function ColumnReadings({ columns }: { columns: ImportReport["columns"] }) {
  const { read, passedOver } = columnReadings(columns);
  return (
    <section aria-label={t("Columns")} data-testid="column-readings">
      <h3 className={styles.title}>{t("Columns")}</h3>
      <dl className={styles.readings}>
        {read.map(({ column, readAs }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have one name
          <div key={at}>
            <dt>{column}</dt>
            <dd>{readAs}</dd>
          </div>
        ))}
      </dl>
      {passedOver.length > 0 && (
        <p className={styles.passedOver}>
          {t("Passed over: {columns}", { columns: passedOver.join(t("words|, ")) })}
        </p>
      )}
    </section>
  );
}
