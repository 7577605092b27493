/** The series as it would be cut, drawn to scale. */
import { count } from "../../lib/format.ts";
import styles from "./split-bar.module.css";
import type { SplitBars } from "./split-preview.ts";

export function SplitBar({ bars }: { bars: SplitBars }) {
  const parts = [
    { name: "Train", bars: bars.train, className: styles.train },
    { name: "Validation", bars: bars.validation, className: styles.validation },
    { name: "Test", bars: bars.test, className: styles.test },
  ].filter((part) => part.bars > 0);
  return (
    <div>
      <div className={styles.bar} aria-hidden="true">
        {parts.map(({ name, bars, className }) => (
          <span key={name} className={className} style={{ flexGrow: bars }} />
        ))}
      </div>
      <p className={styles.names}>
        {parts.map(({ name, bars, className }) => (
          <span key={name}>
            <i className={className} aria-hidden="true" />
            {name} {count(bars)}
          </span>
        ))}
      </p>
    </div>
  );
}
