/** Wall clock times of one zone to instants, fast enough for a million rows. */
import { IANAZone } from "luxon";
import { InvalidInput } from "../domain/errors.ts";
import { quote } from "../domain/quote.ts";

const dayMs = 86_400_000;

export interface Instant {
  /** Milliseconds since 1970 UTC. */
  readonly time: number;
  /** False when clocks went forward over this time: `time` is then as much later as they did. */
  readonly exists: boolean;
}

/** Wall clock as milliseconds since 1970 as if it were UTC. A time that comes twice is the earlier one. */
export type ZoneClock = (wallMs: number) => Instant;

/** @throws InvalidInput when the IANA database has no such zone. */
export function zoneClock(timezone: string): ZoneClock {
  if (!IANAZone.isValidZone(timezone)) {
    throw new InvalidInput(
      "timezone",
      `timezone must be an IANA zone such as "America/New_York" or "UTC", got ${quote(timezone)}`,
    );
  }
  if (timezone === "UTC") return (wallMs) => ({ time: wallMs, exists: true });
  const offsetAt = offsetsOf(IANAZone.create(timezone));
  return (wallMs) => {
    const before = offsetAt(wallMs - dayMs);
    if (offsetAt(wallMs - before) === before) return { time: wallMs - before, exists: true };
    const after = offsetAt(wallMs + dayMs);
    if (offsetAt(wallMs - after) === after) return { time: wallMs - after, exists: true };
    return { time: wallMs - before, exists: false };
  };
}

/** One look-up costs 6 us, so a day that begins and ends with the same offset needs no more of them. */
function offsetsOf(zone: IANAZone): (time: number) => number {
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
