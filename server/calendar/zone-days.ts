/**
 * Days and clocks of a zone. A day is a number: days since 1970-01-01; a clock is the milliseconds that a day's clocks show.
 */
import { IANAZone } from "luxon";

export const dayMs = 86_400_000;

export interface Wall {
  readonly day: number;
  /** 0 up to `dayMs`. */
  readonly clock: number;
}

export interface ZoneDays {
  wallOf(time: number): Wall;
  /**
   * Milliseconds since 1970 UTC. The earlier one of a clock that a day shows twice; as much later as the clocks went forward
   * where it never shows it.
   */
  timeOf(wall: Wall): number;
}

/** Zones with the offsets that were asked for: a forecast asks for the same days as the one before. */
const known = new Map<string, ZoneDays>();
/** Days of all bars of a series, and many more; beyond them a zone begins anew. */
const mostDaysKept = 50_000;

/** @param timezone an IANA zone, as an import stored it */
export function zoneDays(timezone: string): ZoneDays {
  const found = known.get(timezone) ?? daysOf(offsetsIn(timezone));
  known.set(timezone, found);
  return found;
}

function daysOf(offsetAt: (time: number) => number): ZoneDays {
  return {
    wallOf(time) {
      const wall = time + offsetAt(time);
      const day = Math.floor(wall / dayMs);
      return { day, clock: wall - day * dayMs };
    },
    timeOf({ day, clock }) {
      const wall = day * dayMs + clock;
      const before = offsetAt(wall - dayMs);
      const after = offsetAt(wall + dayMs);
      const isAfter = offsetAt(wall - before) !== before && offsetAt(wall - after) === after;
      return wall - (isAfter ? after : before);
    },
  };
}

/** Milliseconds that clocks are ahead of UTC. One look-up costs 6 us; a day of UTC that begins and ends alike needs no more. */
function offsetsIn(timezone: string): (time: number) => number {
  if (timezone === "UTC") return () => 0;
  const zone = IANAZone.create(timezone);
  const ofDay = new Map<number, number>();
  const lookUp = (time: number) => Math.round(zone.offset(time) * 60_000);
  const atMidnight = (day: number): number => {
    const kept = ofDay.get(day);
    if (kept !== undefined) return kept;
    const offset = lookUp(day * dayMs);
    if (ofDay.size >= mostDaysKept) ofDay.clear();
    ofDay.set(day, offset);
    return offset;
  };
  let newest = { day: Number.NaN, before: 0, after: 0 };
  return (time) => {
    const day = Math.floor(time / dayMs);
    if (day !== newest.day) newest = { day, before: atMidnight(day), after: atMidnight(day + 1) };
    return newest.before === newest.after ? newest.before : lookUp(time);
  };
}

/** 0 is Sunday. */
export const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7;
/** @param weekday as `weekdayOf` has it */
export const isMondayToFriday = (weekday: number): boolean => weekday >= 1 && weekday <= 5;
export const isWeekday = (day: number): boolean => isMondayToFriday(weekdayOf(day));

/** "2026-11-27" */
export const dayText = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);
export const dayOfText = (text: string): number => Date.parse(text) / dayMs;

/** The most frequent one, the newest of several; null for none. */
export function usualOf(oldestFirst: readonly number[]): number | null {
  const counts = new Map<number, number>();
  let usual: number | null = null;
  for (const value of oldestFirst) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
    if (usual === null || counts.get(value)! >= counts.get(usual)!) usual = value;
  }
  return usual;
}
