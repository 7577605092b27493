/** How long a gap is, in words. Pure. */
import { plural } from "../../lib/format.ts";

const [minuteMs, hourMs, dayMs] = [60_000, 3_600_000, 86_400_000];

/** "7 days", "3 hours", "45 minutes", "20 seconds". */
export function gapWords(ms: number): string {
  if (ms >= 2 * dayMs) return plural(Math.round(ms / dayMs), "day");
  if (ms >= 2 * hourMs) return plural(Math.round(ms / hourMs), "hour");
  if (ms >= 2 * minuteMs) return plural(Math.round(ms / minuteMs), "minute");
  return plural(Math.max(1, Math.round(ms / 1000)), "second");
}
