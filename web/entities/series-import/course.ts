/** The small picture of an import: what is stored, and what the file brings, as lines of an SVG. Pure. */

export interface Course {
  /** In ms, ascending. */
  readonly time: readonly number[];
  readonly close: readonly number[];
}

export const courseWidth = 600;
export const courseHeight = 120;
const margin = 4;

export interface DrawnCourses {
  readonly stored: string;
  readonly file: string;
}

/** Both on the same axes. A course of one point is a short stroke. */
export function drawnCourses(stored: Course, file: Course): DrawnCourses {
  const times = [...stored.time, ...file.time];
  const prices = [...stored.close, ...file.close].filter(Number.isFinite);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const [lowest, highest] = [Math.min(...prices), Math.max(...prices)];
  const x = (time: number) =>
    margin + ((time - first) / Math.max(1, last - first)) * (courseWidth - 2 * margin);
  const y = (price: number) =>
    courseHeight - margin - ((price - lowest) / (highest - lowest || 1)) * (courseHeight - 2 * margin);
  const path = ({ time, close }: Course): string => {
    const points = time.map((at, i) => `${x(at).toFixed(1)} ${y(close[i]!).toFixed(1)}`);
    if (points.length === 0) return "";
    return `M${points.length === 1 ? `${points[0]} h2` : points.join("L")}`;
  };
  return { stored: path(stored), file: path(file) };
}

/** What of the series to draw beside a file: its time, and as much again before and after it. */
export function rangeBeside({
  time,
}: Pick<Course, "time">): { readonly from: number; readonly to: number } | null {
  const [first, last] = [time[0], time.at(-1)];
  if (first === undefined || last === undefined) return null;
  const beside = Math.max(last - first, 30 * 86_400_000);
  return { from: first - beside, to: last + beside };
}
