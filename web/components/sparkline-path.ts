/** The line of a sparkline as an SVG path. Pure. */

export const [width, height] = [96, 28];
const margin = 2;

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
