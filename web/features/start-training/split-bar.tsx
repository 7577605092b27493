/** The series as it would be cut, drawn to scale. */
import { count, word } from "../../lib/format.ts";
import styles from "./split-bar.module.css";
import type { Preview } from "./use-preview.ts";

const looks = { TRAIN: styles.train, VALIDATION: styles.validation, TEST: styles.test } as const;

export function SplitBar({ splits }: { splits: Preview["splits"] }) {
  return (
    <div>
      <div className={styles.bar} aria-hidden="true">
        {splits.map(({ split, barCount }) => (
          <span key={split} className={looks[split]} style={{ flexGrow: barCount }} />
        ))}
      </div>
      <p className={styles.names}>
        {splits.map(({ split, barCount }) => (
          <span key={split}>
            <i className={looks[split]} aria-hidden="true" />
            {word(split)} {count(barCount)}
          </span>
        ))}
      </p>
    </div>
  );
}
