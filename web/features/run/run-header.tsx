/** The top of a run's page, which stays in sight: what it is, where it stands, and how to stop it. */
import type { ReactNode } from "react";
import { StatusChip } from "../../entities/run/status-chip.tsx";
import { type Progress, progressSentence } from "../../entities/run-history/progress.ts";
import { t } from "../../lib/words/t.ts";
import styles from "./run-header.module.css";

interface Props {
  readonly name: string;
  readonly isBaseline: boolean;
  readonly progress: Progress;
  /** What must be at hand wherever one has scrolled to. */
  readonly actions: ReactNode;
}

export function RunHeader({ name, isBaseline, progress, actions }: Props) {
  return (
    // What is pressed here goes away with the run's end: the focus stays here.
    <section className={styles.bar} aria-label={name}>
      <h1 title={name} dir="auto">
        {isBaseline && (
          <span title={t("The baseline of its series")}>
            <span aria-hidden>★ </span>
            <span className="visually-hidden">{t("Baseline: ")}</span>
          </span>
        )}
        {name}
      </h1>
      <div className={styles.state}>
        <StatusChip status={progress.status} />
        {progress.isActive && <span className={styles.epoch}>{progressSentence(progress)}</span>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </section>
  );
}
