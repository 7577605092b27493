/** The course of a few values in the size of a word. Decoration: what it shows stands in numbers beside it. */
import styles from "./sparkline.module.css";
import { height, sparklinePath, width } from "./sparkline-path.ts";

export function Sparkline({ values }: { readonly values: readonly number[] }) {
  return (
    <svg className={styles.sparkline} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <path d={sparklinePath(values)} />
    </svg>
  );
}
