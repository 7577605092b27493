/** The course of a few values in the size of a word. Decoration: what it shows stands in numbers beside it. */
import styles from "./sparkline.module.css";

const [width, height, margin] = [96, 28, 2];

export function Sparkline({ values }: { readonly values: readonly number[] }) {
  return (
    <svg className={styles.sparkline} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <path d={sparklinePath(values)} />
    </svg>
  );
}

/** Empty where there is nothing to join. */
export function sparklinePath(values: readonly number[]): string {
  if (values.length < 2) return "";
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const x = (at: number) => margin + (at / (values.length - 1)) * (width - 2 * margin);
  const y = (value: number) =>
    highest === lowest
      ? height / 2
      : height - margin - ((value - lowest) / (highest - lowest)) * (height - 2 * margin);
  return `M${values.map((value, at) => `${x(at).toFixed(1)} ${y(value).toFixed(1)}`).join("L")}`;
}
