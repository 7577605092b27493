/** The exchange's clock on a time axis that knows UTC only: times are moved to what its clock shows, and told by it. Pure but for the page's language. */

import { dateLocale, language } from "../../lib/words/language.ts";

const quarterMs = 900_000;

/** What the clock shows, as if it were UTC; in ms. */
function wallClock(timezone: string): (time: number) => number {
  const format = new Intl.DateTimeFormat("en-GB", {
    ...{ timeZone: timezone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric" },
    ...{ hour: "numeric", minute: "numeric", second: "numeric" },
  });
  const offsets = new Map<number, number>();
  // Zones change at whole quarters of an hour.
  return (time) => {
    const quarter = Math.floor(time / quarterMs);
    let offset = offsets.get(quarter);
    if (offset === undefined) {
      const part = (type: Intl.DateTimeFormatPartTypes, parts: readonly Intl.DateTimeFormatPart[]) =>
        Number(parts.find((it) => it.type === type)?.value);
      const begin = quarter * quarterMs;
      const parts = format.formatToParts(begin);
      const shown = Date.UTC(
        part("year", parts),
        part("month", parts) - 1,
        part("day", parts),
        part("hour", parts),
        part("minute", parts),
        part("second", parts),
      );
      offset = shown - begin;
      offsets.set(quarter, offset);
    }
    return time + offset;
  };
}

/**
 * Seconds of an axis for bars in the order of time, by the exchange's clock. They ascend, too, where clocks go back: a bar
 * of the hour that comes twice follows the one before by as little as the axis can tell.
 */
export function axisSeconds(times: readonly number[], timezone: string): number[] {
  const clock = wallClock(timezone);
  let last = Number.NEGATIVE_INFINITY;
  return times.map((time) => {
    last = Math.max(clock(time) / 1000, last + 0.001);
    return last;
  });
}

/** What a mark of the axis stands for. */
export type MarkKind = "year" | "month" | "day" | "time" | "second";

/** "2020", "Apr", "24", "09:30"; Chinese says "2020年", "4月" and "4月24日". */
export function markLabel(wallMs: number, kind: MarkKind): string {
  const isChinese = language() === "zh";
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const options: Readonly<Record<MarkKind, Intl.DateTimeFormatOptions>> = {
    year: { year: "numeric" },
    month: { month: "short" },
    day: isChinese ? { month: "short", day: "numeric" } : { day: "numeric" },
    time: clock,
    second: { ...clock, second: "2-digit" },
  };
  const label = new Intl.DateTimeFormat(dateLocale(), { ...options[kind], timeZone: "UTC" }).format(wallMs);
  return label.replace("Sept", "Sep");
}
