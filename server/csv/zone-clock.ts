/** Wall clock times of one zone to instants and back, fast enough for a million rows. */
import { InvalidInput } from "../domain/errors.ts";
import { quote } from "../domain/quote.ts";
import { ianaZone } from "./iana-zone.ts";

const dayMs = 86_400_000;

export interface Instant {
  /** Milliseconds since 1970 UTC. */
  readonly time: number;
  /** False when clocks went forward over this time: `time` is then as much later as they did. */
  readonly exists: boolean;
  /** The second time that clocks showed it, where they went back; null where they showed it once. */
  readonly again: number | null;
}

/** Wall clock as milliseconds since 1970 as if it were UTC. Of a time that comes twice `time` is the earlier one. */
export type ZoneClock = (wallMs: number) => Instant;

/** @throws InvalidInput when the IANA database has no such zone. */
export function zoneClock(timezone: string): ZoneClock {
  const offsetAt = offsetsIn(timezone);
  if (timezone === "UTC") return (wallMs) => ({ time: wallMs, exists: true, again: null });
  return (wallMs) => {
    const before = offsetAt(wallMs - dayMs);
    const after = offsetAt(wallMs + dayMs);
    const early = offsetAt(wallMs - before) === before;
    if (before === after && early) return { time: wallMs - before, exists: true, again: null };
    const late = offsetAt(wallMs - after) === after;
    if (early) return { time: wallMs - before, exists: true, again: late ? wallMs - after : null };
    return late
      ? { time: wallMs - after, exists: true, again: null }
      : { time: wallMs - before, exists: false, again: null };
  };
}

/**
 * By how much wall clocks are ahead of UTC throughout a day, and the days around it. NaN where that changes: then only a
 * ZoneClock tells what a wall clock means.
 * @param midnight of the day, as if it were UTC.
 */
export function steadyOffsets(timezone: string): (midnight: number) => number {
  const offsetAt = offsetsIn(timezone);
  return (midnight) => {
    const offset = offsetAt(midnight - dayMs);
    const isSteady = [0, 1, 2].every((days) => offsetAt(midnight + days * dayMs) === offset);
    return isSteady ? offset : Number.NaN;
  };
}

/** What the clocks of a zone show at an instant, as milliseconds since 1970 as if it were UTC. */
export function wallClockIn(timezone: string): (time: number) => number {
  const offsetAt = offsetsIn(timezone);
  return timezone === "UTC" ? (time) => time : (time) => time + offsetAt(time);
}

/** One look-up costs 6 us, so a day that begins and ends with the same offset needs no more of them. */
function offsetsIn(timezone: string): (time: number) => number {
  const zone = ianaZone(timezone);
  if (zone === null) {
    throw new InvalidInput(
      "timezone",
      `timezone must be an IANA zone such as "America/New_York" or "UTC", got ${quote(timezone)}`,
    );
  }
  const atMidnight = new Map<number, number>();
  const lookUp = (time: number) => Math.round(zone.offset(time) * 60_000);
  const midnight = (day: number): number => {
    const known = atMidnight.get(day) ?? lookUp(day * dayMs);
    atMidnight.set(day, known);
    return known;
  };
  return (time) => {
    const day = Math.floor(time / dayMs);
    const offset = midnight(day);
    return offset === midnight(day + 1) ? offset : lookUp(time);
  };
}
