/** How far an active run is, in one bar and a line of figures. */
import { Facts } from "../../components/facts.tsx";
import { ProgressBar } from "../../components/progress-bar.tsx";
import { count, duration, loss } from "../../lib/format.ts";
import { t } from "../../lib/words/t.ts";
import { type Progress, progressSentence } from "./progress.ts";
import styles from "./progress-figures.module.css";
import type { EpochPoint } from "./run-history.ts";

export function ProgressFigures({ progress, epochs }: { progress: Progress; epochs: readonly EpochPoint[] }) {
  const newest = epochs.at(-1);
  return (
    <div className={styles.progress} data-testid="progress">
      <p className={styles.sentence}>{progressSentence(progress)}</p>
      <ProgressBar done={progress.epoch} total={progress.epochs} label={t("Epochs")} />
      {newest && (
        <Facts
          facts={[
            [t("Train loss"), loss(newest.trainLoss)],
            [t("Validation loss"), loss(newest.validationLoss)],
            [t("An epoch takes"), duration(newest.durationMs)],
            [t("Windows a second"), count(Math.round(newest.samplesPerSecond))],
          ]}
        />
      )}
    </div>
  );
}
