/** A run's status as a coloured word. */
import type { RunStatus } from "../../graphql/generated/graphql.ts";
import { word } from "../../lib/format.ts";
import styles from "./status-chip.module.css";

export function StatusChip({ status }: { status: RunStatus }) {
  return (
    <span className={`${styles.chip} ${styles[status]}`} data-status={status}>
      {word(status)}
    </span>
  );
}
