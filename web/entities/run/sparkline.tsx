/** The losses of a run as a small line without axes: how it went, at a glance. */
import styles from "./sparkline.module.css";
import { sparkOf, sparkWords } from "./sparkline-path.ts";

interface Props {
  readonly values: readonly number[];
  readonly width?: number;
  readonly height?: number;
}

export function Sparkline({ values, width = 96, height = 24 }: Props) {
  const spark = sparkOf(values, width, height);
  return (
    <svg className={styles.spark} viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img">
      <title>{sparkWords(values)}</title>
      {spark && (
        <>
          <path d={spark.path} />
          <circle cx={spark.end.x} cy={spark.end.y} r="1.75" />
        </>
      )}
    </svg>
  );
}
