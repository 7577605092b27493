/** A table with a column for each of the compared runs. */
import type { ReactNode } from "react";
import { ScrollBox } from "../../components/scroll-box.tsx";
import table from "../../components/table.module.css";
import { t } from "../../lib/words/t.ts";
import type { Compared } from "./compared.ts";
import runName from "./run-name.module.css";
import { Swatch } from "./runs-bar.tsx";
import styles from "./side-by-side-table.module.css";

interface Props {
  readonly label: string;
  readonly runs: readonly Compared[];
  readonly base: Compared;
  /** Above the rows' own heads. */
  readonly corner: string;
  /** Heads of columns behind those of the runs. */
  readonly more?: ReactNode;
  readonly children: ReactNode;
}

export function SideBySideTable({ label, runs, base, corner, more, children }: Props) {
  return (
    <ScrollBox label={label}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {runs.map((run, at) => (
              <th key={run.id} scope="col" className={styles.head} title={run.name}>
                <Swatch at={at} /> <span className={runName.name}>{run.name}</span>
                {run.id === base.id && <span className={table.sub}>{t("base")}</span>}
              </th>
            ))}
            {more}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </ScrollBox>
  );
}
