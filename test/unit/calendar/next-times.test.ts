/** When the next bars come: by an exchange's days, by the series' own, by steps, by hours. */
import { DateTime } from "luxon";
import { expect, test } from "vitest";
import { exchangeCalendars } from "../../../server/calendar/exchange-calendars.ts";
import { nextTimes } from "../../../server/calendar/next-times.ts";
import { dayOfText, dayText, isWeekday, weekdayOf } from "../../../server/calendar/zone-days.ts";

const atClock = (zone: string, day: number, clock = "00:00"): number =>
  DateTime.fromISO(`${dayText(day)}T${clock}`, { zone }).toMillis();

/** The last `count` days up to `until` on which `trades` holds. */
function daysBefore(until: string, count: number, trades: (day: number) => boolean): number[] {
  const days: number[] = [];
  for (let day = dayOfText(until); days.length < count; day--) if (trades(day)) days.unshift(day);
  return days;
}
const sessionsOf = (code: string) => exchangeCalendars.find((one) => one.code === code)!.isSession;
const shown = (times: readonly number[], zone: string, format = "yyyy-MM-dd HH:mm") =>
  times.map((time) => DateTime.fromMillis(time, { zone }).toFormat(format));

const newYork = "America/New_York";

test("days of an exchange go on with its sessions, stamped as the series stamps them, through holidays and a change of clocks", () => {
  const days = daysBefore("2026-03-05", 500, sessionsOf("XNYS"));
  const { time, calendar } = nextTimes(
    days.map((day) => atClock(newYork, day)),
    newYork,
    25,
  );
  expect(shown(time, newYork).slice(0, 3)).toEqual([
    "2026-03-06 00:00",
    "2026-03-09 00:00",
    "2026-03-10 00:00",
  ]);
  expect(new Date(time[0]!).toISOString()).toBe("2026-03-06T05:00:00.000Z");
  expect(new Date(time[1]!).toISOString()).toBe("2026-03-09T04:00:00.000Z");
  // Good Friday is the 3rd of April.
  expect(shown(time, newYork, "MM-dd").slice(18, 22)).toEqual(["04-01", "04-02", "04-06", "04-07"]);
  expect(calendar).toBe("New York Stock Exchange (XNYS), known until 2030-12-31");
});

test("bars that are stamped at the close go on at the close", () => {
  const days = daysBefore("2026-03-05", 60, sessionsOf("XNYS"));
  const { time } = nextTimes(
    days.map((day) => atClock(newYork, day, "16:00")),
    newYork,
    2,
  );
  expect(shown(time, newYork)).toEqual(["2026-03-06 16:00", "2026-03-09 16:00"]);
});

test("beyond the last known session every weekday counts, and the words say so", () => {
  const days = daysBefore("2026-12-29", 500, sessionsOf("XSHG"));
  const { time, calendar } = nextTimes(
    days.map((day) => atClock("Asia/Shanghai", day)),
    "Asia/Shanghai",
    4,
  );
  expect(shown(time, "Asia/Shanghai", "yyyy-MM-dd")).toEqual([
    "2026-12-30",
    "2026-12-31",
    "2027-01-01",
    "2027-01-04",
  ]);
  expect(calendar).toBe(
    "Shanghai Stock Exchange (XSHG), known until 2026-12-31; after that every weekday, holidays included",
  );
  const within = nextTimes(
    days.map((day) => atClock("Asia/Shanghai", day)),
    "Asia/Shanghai",
    2,
  );
  expect(within.calendar).toBe("Shanghai Stock Exchange (XSHG), known until 2026-12-31");
});

test("a currency with bars on an exchange's holidays does not follow that exchange, though it shares its zone", () => {
  const days = daysBefore("2026-12-23", 500, isWeekday);
  const { time, calendar } = nextTimes(
    days.map((day) => atClock(newYork, day)),
    newYork,
    3,
  );
  expect(shown(time, newYork, "MM-dd")).toEqual(["12-24", "12-25", "12-28"]);
  expect(calendar).toBe(
    "every weekday, holidays included, as the days of New York Stock Exchange (XNYS) do not fit the series",
  );
});

test("one bar on a holiday in two years is a mistake of its source, not another calendar", () => {
  const isChristmas = (day: number) => dayText(day) === "2025-12-25";
  const days = daysBefore("2026-12-23", 500, (day) => sessionsOf("XNYS")(day) || isChristmas(day));
  expect(
    nextTimes(
      days.map((day) => atClock(newYork, day)),
      newYork,
      1,
    ).calendar,
  ).toMatch(/XNYS/);
});

test("a series that lacks most of an exchange's sessions is not of that exchange", () => {
  const isSecondWeek = (day: number) => Math.floor((day + 4) / 7) % 2 === 0;
  const days = daysBefore(
    "2026-12-23",
    200,
    (day) => sessionsOf("XNYS")(day) && weekdayOf(day) <= 3 && isSecondWeek(day),
  );
  expect(
    nextTimes(
      days.map((day) => atClock(newYork, day)),
      newYork,
      1,
    ).calendar,
  ).toMatch(/do not fit/);
});

test("what trades every day goes on every day", () => {
  const days = daysBefore("2026-12-24", 400, () => true);
  const { time, calendar } = nextTimes(
    days.map((day) => atClock("UTC", day)),
    "UTC",
    3,
  );
  expect(shown(time, "UTC", "MM-dd")).toEqual(["12-25", "12-26", "12-27"]);
  expect(calendar).toBe("every day, as the series has it");
});

test("a week from Sunday to Thursday stays one", () => {
  const days = daysBefore("2026-11-26", 100, (day) => weekdayOf(day) <= 4);
  const { time, calendar } = nextTimes(
    days.map((day) => atClock("Asia/Jerusalem", day)),
    "Asia/Jerusalem",
    2,
  );
  expect(shown(time, "Asia/Jerusalem", "EEE dd")).toEqual(["Sun 29", "Mon 30"]);
  expect(calendar).toMatch(/^every Sunday, Monday, Tuesday, Wednesday, Thursday/);
});

test("days without a zone are matched by the days alone, where they leave no doubt", () => {
  const days = daysBefore("2026-12-24", 500, sessionsOf("XNYS"));
  const utc = (some: readonly number[]) =>
    nextTimes(
      some.map((day) => atClock("UTC", day)),
      "UTC",
      1,
    );
  expect(utc(days)).toEqual({
    time: [atClock("UTC", dayOfText("2026-12-28"))],
    calendar: "New York Stock Exchange (XNYS), known until 2030-12-31",
  });
  // A few weeks leave it open.
  expect(utc(days.slice(-30)).calendar).toBe("every weekday, holidays included");
});

test("weeks and months go on by their own step", () => {
  const weeks = Array.from({ length: 60 }, (_, i) => dayOfText("2026-11-27") - 7 * (59 - i));
  const weekly = nextTimes(
    weeks.map((day) => atClock(newYork, day)),
    newYork,
    2,
  );
  expect(shown(weekly.time, newYork)).toEqual(["2026-12-04 00:00", "2026-12-11 00:00"]);
  expect(weekly.calendar).toBe("every 7 days, as the series has it");
  const monthsOf = (day: (year: number, month: number) => number) =>
    Array.from({ length: 30 }, (_, i) => day(2024, i));
  const firsts = monthsOf((year, month) => Date.UTC(year, month, 1));
  expect(shown(nextTimes(firsts, "UTC", 2).time, "UTC", "yyyy-MM-dd")).toEqual(["2026-07-01", "2026-08-01"]);
  const lasts = monthsOf((year, month) => Date.UTC(year, month + 1, 0));
  const monthly = nextTimes(lasts, "UTC", 3);
  expect(shown(monthly.time, "UTC", "yyyy-MM-dd")).toEqual(["2026-07-31", "2026-08-31", "2026-09-30"]);
  expect(monthly.calendar).toBe("every month on the last day, as the series has it");
  const quarters = monthsOf((year, month) => Date.UTC(year - 5, 3 * month, 1));
  expect(shown(nextTimes(quarters, "UTC", 1).time, "UTC", "yyyy-MM-dd")).toEqual(["2026-07-01"]);
});

const hours = (from: number, until: number, minutes: number): string[] =>
  Array.from({ length: Math.floor((until - from) / minutes) + 1 }, (_, i) => from + i * minutes).map(
    (at) => `${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`,
  );

test("half hours of an exchange go on within its session, over night, weekend and holiday", () => {
  const session = hours(9 * 60 + 30, 15 * 60 + 30, 30);
  const days = daysBefore("2026-12-24", 40, sessionsOf("XNYS"));
  const bars = days.flatMap((day) => session.map((clock) => atClock(newYork, day, clock)));
  // The newest day has not ended yet.
  const { time, calendar } = nextTimes(bars.slice(0, -2), newYork, 4);
  expect(shown(time, newYork)).toEqual([
    "2026-12-24 15:00",
    "2026-12-24 15:30",
    "2026-12-28 09:30",
    "2026-12-28 10:00",
  ]);
  expect(calendar).toBe(
    "every 30 minutes within its usual hours; days: New York Stock Exchange (XNYS), known until 2030-12-31",
  );
});

test("what trades round the clock goes on round the clock, and a currency rests over the weekend", () => {
  const start = Date.UTC(2026, 10, 2);
  const everyHour = Array.from({ length: 24 * 26 }, (_, i) => start + i * 3_600_000);
  const last = everyHour.at(-1)!;
  expect(nextTimes(everyHour, "UTC", 30).time).toEqual(
    Array.from({ length: 30 }, (_, i) => last + (i + 1) * 3_600_000),
  );
  // From Sunday 17:00 to Friday 16:00, New York.
  const open = everyHour.filter((time) => {
    const at = DateTime.fromMillis(time, { zone: newYork });
    const hour = (at.weekday % 7) * 24 + at.hour;
    return hour >= 17 && hour < 5 * 24 + 17;
  });
  const friday = open.filter((time) => time <= Date.UTC(2026, 10, 20, 20));
  expect(shown(nextTimes(friday, newYork, 4).time, newYork, "EEE HH:mm")).toEqual([
    "Fri 16:00",
    "Sun 17:00",
    "Sun 18:00",
    "Sun 19:00",
  ]);
});

test("bars at no usual times go on evenly, and a single bar as if it were a day", () => {
  const odd = Array.from({ length: 300 }, (_, i) => Date.UTC(2026, 0, 5) + i * 3_700_000 + (i % 7) * 1000);
  const { time, calendar } = nextTimes(odd, "UTC", 2);
  expect(time).toEqual([odd.at(-1)! + 3_701_000, odd.at(-1)! + 2 * 3_701_000]);
  expect(calendar).toMatch(/no usual times/);
  expect(shown(nextTimes([Date.UTC(2026, 11, 24)], "UTC", 2).time, "UTC", "MM-dd")).toEqual([
    "12-25",
    "12-28",
  ]);
});

test("a day that begins later where clocks go forward at midnight is still one day", () => {
  const zone = "America/Sao_Paulo";
  const days = daysBefore("2018-11-02", 200, isWeekday);
  const all = Array.from({ length: 6 }, (_, i) => days.at(-1)! + 1 + i).filter(
    (day) => day <= dayOfText("2018-11-04"),
  );
  const { time } = nextTimes(
    [...days, ...all].map((day) => atClock(zone, day)),
    zone,
    1,
  );
  expect(shown(time, zone)).toEqual(["2018-11-05 00:00"]);
});
