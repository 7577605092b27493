/** How much of a run is done. */
import styles from "./progress-bar.module.css";

export function ProgressBar({ done, total, label }: { done: number; total: number; label: string }) {
  const share = total > 0 ? Math.min(1, done / total) : 0;
  return (
    <div
      className={styles.track}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={done}
    >
      <div className={styles.done} style={{ width: `${share * 100}%` }} />
    </div>
  );
}
