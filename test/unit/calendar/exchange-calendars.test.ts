/** The trading days of exchanges: facts that everybody can look up, and that the file is what its source gives. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { exchangeCalendars, zoneName } from "../../../server/calendar/exchange-calendars.ts";
import { dayOfText, dayText } from "../../../server/calendar/zone-days.ts";

const calendarOf = (code: string) => exchangeCalendars.find((calendar) => calendar.code === code)!;
const sessionsOf = (code: string, from: string, until: string): string[] => {
  const { isSession } = calendarOf(code);
  const days = Array.from({ length: dayOfText(until) - dayOfText(from) + 1 }, (_, i) => dayOfText(from) + i);
  return days.filter(isSession).map(dayText);
};

test.each([
  // Christmas is a Friday, and the day before ends early but trades.
  ["XNYS", "2026-12-23", "2026-12-28", ["2026-12-23", "2026-12-24", "2026-12-28"]],
  // New Year's Day is a Wednesday; Martin Luther King's the third Monday.
  ["XNYS", "2019-12-31", "2020-01-03", ["2019-12-31", "2020-01-02", "2020-01-03"]],
  ["XNYS", "2020-01-17", "2020-01-21", ["2020-01-17", "2020-01-21"]],
  // Closed for a week in 2001, for two days in a hurricane, for a day of mourning.
  ["XNYS", "2001-09-10", "2001-09-18", ["2001-09-10", "2001-09-17", "2001-09-18"]],
  ["XNYS", "2012-10-26", "2012-10-31", ["2012-10-26", "2012-10-31"]],
  ["XNYS", "2025-01-08", "2025-01-10", ["2025-01-08", "2025-01-10"]],
  // Chinese New Year of 2020 was made longer by the epidemic.
  ["XSHG", "2020-01-22", "2020-02-04", ["2020-01-22", "2020-01-23", "2020-02-03", "2020-02-04"]],
  ["XHKG", "2020-01-24", "2020-01-30", ["2020-01-24", "2020-01-29", "2020-01-30"]],
  // Boxing Day of 2026 is a Saturday: London rests on Monday.
  ["XLON", "2026-12-24", "2026-12-29", ["2026-12-24", "2026-12-29"]],
  ["XETR", "2026-12-23", "2026-12-29", ["2026-12-23", "2026-12-28", "2026-12-29"]],
  ["XTKS", "2019-04-26", "2019-05-07", ["2019-04-26", "2019-05-07"]],
  ["XASX", "2026-01-23", "2026-01-28", ["2026-01-23", "2026-01-27", "2026-01-28"]],
  ["XTSE", "2026-06-30", "2026-07-02", ["2026-06-30", "2026-07-02"]],
  // Carnival.
  ["BVMF", "2026-02-13", "2026-02-18", ["2026-02-13", "2026-02-18"]],
])("%s trades between %s and %s on its days alone", (code, from, until, sessions) => {
  expect(sessionsOf(code, from, until)).toEqual(sessions);
});

test("what is known has an end, and each end is a day of trading", () => {
  for (const { code, knownFrom, knownUntil, isSession } of exchangeCalendars) {
    expect([isSession(knownFrom), isSession(knownUntil)], code).toEqual([true, true]);
    expect(dayText(knownFrom) < "1998", code).toBe(true);
    expect(dayText(knownUntil) <= "2030-12-31", code).toBe(true);
  }
  // Holidays that a government announces each year are not known for the years after.
  expect(dayText(calendarOf("XSHG").knownUntil)).toBe("2026-12-31");
  expect(dayText(calendarOf("XBOM").knownUntil)).toBe("2026-12-31");
});

test("there is one calendar a zone, so that a zone names it, in any of its spellings", () => {
  const zones = exchangeCalendars.map(({ timezone }) => zoneName(timezone));
  expect(new Set(zones).size).toBe(zones.length);
  expect(zoneName("Asia/Calcutta")).toBe(zoneName("Asia/Kolkata"));
  expect(zones).toContain(zoneName("US/Eastern"));
});

const file = fileURLToPath(new URL("../../../server/calendar/calendars.json", import.meta.url));
const script = fileURLToPath(new URL("../../../scripts/make-calendars.py", import.meta.url));
const python = process.env.CALENDARS_PYTHON ?? "python3";
const canImport = spawnSync(python, ["-c", "import exchange_calendars"]).status === 0;

test("the file is what exchange-calendars gives, where Python has it, and says which release that was", {
  timeout: 120_000,
}, () => {
  expect(readFileSync(file, "utf8")).toMatch(/"source": "exchange-calendars \d+\.\d+/);
  if (!canImport) return; // The facts above are checked everywhere.
  const { status, stderr } = spawnSync(python, [script, "--check"], { encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
});
