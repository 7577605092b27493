/** The losses of a run as a small line without axes: how it went, at a glance. */
import { Sparkline } from "../../components/sparkline.tsx";
import { drawnLosses, lossWords } from "./drawn-losses.ts";
import styles from "./loss-sparkline.module.css";

interface Props {
  readonly losses: readonly number[];
  readonly width?: number;
  readonly height?: number;
}

export function LossSparkline({ losses, width = 96, height = 24 }: Props) {
  return (
    <span className={styles.losses}>
      <Sparkline
        values={drawnLosses(losses)}
        words={lossWords(losses)}
        width={width}
        height={height}
        isEndMarked
      />
    </span>
  );
}
