/**
 * What was at the same point of the series' rhythm: for daily bars the newest bar of the target's weekday, for intraday bars
 * the bar of the same time of day a day before. Clocks are the exchange's.
 *
 * The target's own time is never looked at: which weekdays come next follows from the last 20 bars alone. So a holiday that
 * an exchange calendar would have told shifts a forecast by a day.
 */
import { type Anchors, type Baseline, forecastEach } from "./baseline.ts";
import { dayMs, wallClock } from "./wall-clock.ts";

type Rhythm = "DAILY" | "INTRADAY";
/** The value that a target takes over, as its bar. */
type SeasonBefore = (anchor: number, step: number) => number;

const hourMs = 3_600_000;
/** A weekday that came less than twice in these is no trading day: one Saturday session makes no rhythm. */
const barsOfAWeek = 20;
const gapsToJudgeBy = 1000;

/** By the median gap of the newest bars before `endBar`; null for weekly, monthly and other bars, which have no season here. */
export function rhythmOf(time: Float64Array, endBar: number): Rhythm | null {
  const times = time.subarray(Math.max(0, endBar - gapsToJudgeBy - 1), endBar);
  const gaps = times.subarray(1).map((at, i) => at - times[i]!);
  const median = gaps.sort()[gaps.length >> 1];
  if (median === undefined) return null;
  if (median <= 12 * hourMs) return "INTRADAY";
  return median >= 20 * hourMs && median <= 28 * hourMs ? "DAILY" : null;
}

export const seasonal = (rhythm: Rhythm): Baseline => ({
  forecaster: "SEASONAL",
  refit: "ROLLING",
  label: rhythm === "DAILY" ? "Same weekday before" : "Same time the day before",
  predict({ values, time, timezone }, _training, anchors, horizon) {
    const clock = wallClock(timezone, time).subarray(0, anchors.endAnchor);
    const before = (rhythm === "DAILY" ? sameWeekday : sameTimeOfDay)(clock, anchors);
    return forecastEach(anchors, horizon, (anchor, step) => values[before(anchor, step)]!);
  },
});

/** Anchors must be asked for in ascending order: it walks along the bars once. */
function sameWeekday(clock: Float64Array): SeasonBefore {
  const weekdays = Int8Array.from(clock, (at) => remainder(Math.floor(at / dayMs), 7));
  const newestBar = new Int32Array(7);
  const timesSeen = new Int32Array(7);
  let seen = -1;
  return (anchor, step) => {
    while (seen < anchor) {
      seen++;
      newestBar[weekdays[seen]!] = seen;
      timesSeen[weekdays[seen]!]!++;
      if (seen >= barsOfAWeek) timesSeen[weekdays[seen - barsOfAWeek]!]!--;
    }
    if (!timesSeen.some((times) => times >= 2)) return anchor;
    let weekday = weekdays[anchor]!;
    for (let left = step; left > 0; ) {
      weekday = (weekday + 1) % 7;
      if (timesSeen[weekday]! >= 2) left--;
    }
    return newestBar[weekday]!;
  };
}

/** Also in ascending order. A bar whose time of day did not come before is its own season: the last value. */
function sameTimeOfDay(clock: Float64Array, { firstAnchor }: Anchors): SeasonBefore {
  const newestBar = new Map<number, number>();
  const barsADay = new Int32Array(clock.length - firstAnchor);
  clock.forEach((at, bar) => {
    const timeOfDay = remainder(at, dayMs);
    if (bar >= firstAnchor) barsADay[bar - firstAnchor] = bar - (newestBar.get(timeOfDay) ?? bar);
    newestBar.set(timeOfDay, bar);
  });
  return (anchor, step) => {
    const season = barsADay[anchor - firstAnchor]!;
    // A horizon longer than a day goes round the same day again.
    return season === 0 ? anchor : anchor - season + ((step - 1) % season) + 1;
  };
}

/** Not below 0 for times before 1970 either. */
const remainder = (value: number, divisor: number): number => ((value % divisor) + divisor) % divisor;
