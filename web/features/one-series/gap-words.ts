/** How long a gap is, in words. Pure but for the page's language. */
import { tn } from "../../lib/words/t.ts";

const [minuteMs, hourMs, dayMs] = [60_000, 3_600_000, 86_400_000];

/** "7 days", "3 hours", "45 minutes", "20 seconds". */
export function gapWords(ms: number): string {
  if (ms >= 2 * dayMs) return tn(Math.round(ms / dayMs), "{n} day", "{n} days");
  if (ms >= 2 * hourMs) return tn(Math.round(ms / hourMs), "{n} hour", "{n} hours");
  if (ms >= 2 * minuteMs) return tn(Math.round(ms / minuteMs), "{n} minute", "{n} minutes");
  return tn(Math.max(1, Math.round(ms / 1000)), "{n} second", "{n} seconds");
}
