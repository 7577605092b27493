/** Which bars of another series are known at a bar of one's own: those that had ended, whatever the zone and the rhythm. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { knownBars, lengthOfBars, reachOfBars } from "../../server/domain/as-of.ts";

const dayMs = 86_400_000;
const times = (...texts: string[]) => Float64Array.from(texts, (text) => Date.parse(text));
/** Each own day with the other's day that is known at it. */
const joinOf = (own: Float64Array, other: Float64Array): (string | null)[] => {
  const known = knownBars(own, reachOfBars(own), other, lengthOfBars(other));
  return Array.from(known, (bar) => (bar < 0 ? null : new Date(other[bar]!).toISOString().slice(0, 10)));
};
const weekdays = (from: string, count: number, hourUtc = 0): Float64Array => {
  const days: number[] = [];
  for (let at = Date.parse(from); days.length < count; at += dayMs)
    if (![0, 6].includes(new Date(at).getUTCDay())) days.push(at + hourUtc * 3_600_000);
  return Float64Array.from(days);
};
const every = (from: string, days: number, count: number) =>
  Float64Array.from({ length: count }, (_, bar) => Date.parse(from) + bar * days * dayMs);

describe("days of exchanges", () => {
  // Midnights of June: New York's at 04:00 UTC, London's at 23:00 the day before, Shanghai's at 16:00 the day before.
  const [newYork, london, shanghai] = [4, -1, -8].map((hour) => weekdays("2024-06-03", 5, hour));

  test("of Shanghai know New York's of the day before, which has ended, and not that of the same day, which has not", () => {
    expect(joinOf(shanghai!, newYork!)).toEqual([
      null,
      "2024-06-03",
      "2024-06-04",
      "2024-06-05",
      "2024-06-06",
    ]);
    expect(joinOf(london!, newYork!)).toEqual([null, "2024-06-03", "2024-06-04", "2024-06-05", "2024-06-06"]);
  });

  test("of New York know Shanghai's and London's of the same day", () => {
    const monday = ["2024-06-02", "2024-06-03", "2024-06-04", "2024-06-05", "2024-06-06"];
    expect(joinOf(newYork!, shanghai!)).toEqual(monday);
    expect(joinOf(newYork!, london!)).toEqual(monday);
  });

  test("of one zone know each other's of the same day, also in the weeks in which clocks change", () => {
    // New York went forward on March 10, 2024: midnight was at 05:00 UTC and then at 04:00.
    const clocks = times(
      ...["2024-03-07T05:00Z", "2024-03-08T05:00Z", "2024-03-11T04:00Z", "2024-03-12T04:00Z"],
    );
    expect([...knownBars(clocks, reachOfBars(clocks), clocks, lengthOfBars(clocks))]).toEqual([0, 1, 2, 3]);
  });

  test("know the newest before a day on which the other rests, and the last for ever once it ends", () => {
    const all = weekdays("2024-05-20", 16);
    const own = all.subarray(10);
    const other = all.filter((_, bar) => bar !== 12 && bar < 14);
    expect(joinOf(own, other)).toEqual([
      ...["2024-06-03", "2024-06-04", "2024-06-04", "2024-06-06", "2024-06-06", "2024-06-06"],
    ]);
  });
});

describe("weeks and months", () => {
  const weeks = every("2024-01-01", 7, 20);
  const months = times(...Array.from({ length: 12 }, (_, m) => `2024-${String(m + 1).padStart(2, "0")}-01`));

  test("a weekly bar is not known on its Monday, nor on its Friday, but on the next Monday", () => {
    const days = weekdays("2024-01-08", 6);
    expect(joinOf(days, weeks)).toEqual([...Array(5).fill("2024-01-01"), "2024-01-08"]);
  });

  test("a month's bar is known once the month is over, however long it was", () => {
    for (let month = 0; month < 11; month++) {
      const days = every(new Date(months[month]!).toISOString(), 1, 40);
      const known = joinOf(days, months);
      const name = new Date(months[month]!).toISOString().slice(0, 10);
      const first = known.indexOf(name);
      expect(days[first]! + dayMs).toBeGreaterThanOrEqual(months[month + 1]!);
      expect(days[first]! - months[month + 1]!).toBeLessThan(5 * dayMs);
    }
  });

  test("a weekly bar knows the days up to its Friday, and none of the next week, also where it begins on a Tuesday", () => {
    const days = weekdays("2024-01-01", 100);
    const own = weeks.map((at, week) => (week === 3 ? at + dayMs : at));
    const known = joinOf(own, days);
    known.forEach((day, week) => {
      expect((Date.parse(day!) - weeks[week]!) / dayMs).toBe(4);
    });
  });

  test("bars that may be stamped at their end know nothing that comes after the stamped day", () => {
    const days = every("2024-01-01", 1, 400);
    const fridays = every("2024-01-05", 7, 20);
    expect(joinOf(fridays, days)).toEqual(
      Array.from(fridays, (at) => new Date(at).toISOString().slice(0, 10)),
    );
    const monthEnds = times("2024-01-31", "2024-02-29", "2024-03-29", "2024-04-30", "2024-05-31");
    expect(joinOf(monthEnds, days)).toEqual(
      Array.from(monthEnds, (at) => new Date(at).toISOString().slice(0, 10)),
    );
  });
});

test("nothing is known before it has ended, nothing that has ended is passed over, whatever the two rhythms", () => {
  const rhythm = fc.record({
    gap: fc.constantFrom(60_000, 3_600_000, dayMs, 7 * dayMs),
    offset: fc.integer({ min: 0, max: 3 * dayMs }),
    rests: fc.array(fc.integer({ min: 0, max: 59 }), { maxLength: 12 }),
  });
  const barsOf = ({ gap, offset, rests }: { gap: number; offset: number; rests: number[] }) =>
    Float64Array.from({ length: 60 }, (_, bar) => Date.parse("2024-01-01") + offset + bar * gap).filter(
      (_, bar) => !rests.includes(bar),
    );
  fc.assert(
    fc.property(rhythm, rhythm, (one, two) => {
      const [own, other] = [barsOf(one), barsOf(two)];
      const [reach, length] = [reachOfBars(own), lengthOfBars(other)];
      knownBars(own, reach, other, length).forEach((known, bar) => {
        const end = own[bar]! + reach;
        if (known >= 0) expect(other[known]! + length).toBeLessThanOrEqual(end);
        if (known + 1 < other.length) expect(other[known + 1]! + length).toBeGreaterThan(end);
        // The next bar of one's own, which may be the target, begins later.
        if (known >= 0 && bar + 1 < own.length)
          expect(other[known]! + two.gap).toBeLessThanOrEqual(own[bar + 1]!);
      });
    }),
  );
});
