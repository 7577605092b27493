/** What the clocks of an exchange show: weekdays and times of day of bars, fast enough for a million. */
import { IANAZone } from "luxon";

export const dayMs = 86_400_000;

const remembered = new WeakMap<Float64Array, { readonly timezone: string; readonly clock: Float64Array }>();

/** As `wallClockAt`; the same column again costs nothing, and an evaluation asks for it ten times. */
export function wallClock(timezone: string, time: Float64Array): Float64Array {
  const known = remembered.get(time);
  if (known?.timezone === timezone) return known.clock;
  const clock = wallClockAt(timezone, time);
  remembered.set(time, { timezone, clock });
  return clock;
}

/**
 * Wall clock at each time, as milliseconds since 1970 as if it were UTC. One look-up in the zone costs 6 us, so a day of
 * UTC that begins and ends with the same offset needs none of its own.
 * @param timezone an IANA zone, as an import stored it
 */
function wallClockAt(timezone: string, time: Float64Array): Float64Array {
  const zone = IANAZone.create(timezone);
  const lookUp = (at: number) => Math.round(zone.offset(at) * 60_000);
  let day = Number.NaN;
  let before = 0;
  let after = 0;
  return time.map((at) => {
    const today = Math.floor(at / dayMs);
    if (today !== day) {
      before = today === day + 1 ? after : lookUp(today * dayMs);
      after = lookUp((today + 1) * dayMs);
      day = today;
    }
    return at + (before === after ? before : lookUp(at));
  });
}
