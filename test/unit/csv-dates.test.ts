/** What a date cell means, and in which zone. */
import { expect, test } from "vitest";
import type { DateHabits } from "../../server/csv/date-forms.ts";
import { datePattern } from "../../server/csv/date-pattern.ts";
import { timeReader } from "../../server/csv/dates.ts";

interface Setting {
  readonly zone?: string;
  readonly pattern?: string | null;
  readonly clock?: string;
  readonly first?: DateHabits["first"];
  readonly dayNumbers?: boolean;
}
const find = (text: string, { zone = "UTC", pattern = null, clock = "", ...habits }: Setting = {}) =>
  timeReader({
    timezone: zone,
    seriesTimezone: zone,
    pattern: pattern === null ? null : datePattern(pattern),
    habits: { first: null, dayNumbers: false, ...habits },
  })(text, clock);
const read = (text: string, setting: Setting = {}) => {
  const result = find(text, setting);
  return "time" in result ? new Date(result.time).toISOString() : result.fault;
};

test.each([
  ["2020-04-24", "2020-04-24T00:00:00.000Z"],
  ["2020/4/24", "2020-04-24T00:00:00.000Z"],
  ["2020.04.24", "2020-04-24T00:00:00.000Z"],
  ["20200424", "2020-04-24T00:00:00.000Z"],
  ["20200424.0", "2020-04-24T00:00:00.000Z"],
  ["20200424153000", "2020-04-24T15:30:00.000Z"],
  ["2020年4月24日", "2020-04-24T00:00:00.000Z"],
  ["Apr 24, 2020", "2020-04-24T00:00:00.000Z"],
  ["Friday, April 24, 2020", "2020-04-24T00:00:00.000Z"],
  ["24-Apr-2020", "2020-04-24T00:00:00.000Z"],
  ["24 Sept. 2020", "2020-09-24T00:00:00.000Z"],
  ["2020-04-24 15:30", "2020-04-24T15:30:00.000Z"],
  ["2020-04-24T15:30:05.123456Z", "2020-04-24T15:30:05.123Z"],
  ["2020-04-24 15:30:05+08:00", "2020-04-24T07:30:05.000Z"],
  ["2020-04-24T15:30:05-0330", "2020-04-24T19:00:05.000Z"],
  ["1587686400", "2020-04-24T00:00:00.000Z"],
  ["1587686400123", "2020-04-24T00:00:00.123Z"],
  ["2020-02-29", "2020-02-29T00:00:00.000Z"],
])("%s is read without being told how", (text, time) => {
  expect(read(text)).toBe(time);
});

test.each([
  [
    "04/05/2020",
    '"04/05/2020" may begin with the day or the month: the form of the dates is to be named, "d/M/yyyy" or "M/d/yyyy"',
  ],
  ["24.04.20", '"24.04.20" begins with the day: the form of the dates is to be named, "d.M.yy"'],
  [
    "4-24-2020 9:30",
    '"4-24-2020 9:30" begins with the month: the form of the dates is to be named, "M-d-yyyy H:mm"',
  ],
])("%s is not guessed, and the message names the patterns that read it", (text, fault) => {
  expect(read(text)).toBe(fault);
  for (const [, pattern] of fault.matchAll(/(?:named,|or) "([^"]+)"/g)) {
    expect(read(text, { pattern })).toMatch(/^2020-0[45]-\d\dT/);
  }
});

test.each([
  "",
  "43945",
  "202004241530",
  "2019-02-29",
  "2020-4",
  "Foo 24, 2020",
  "12:30",
  "１２３",
  "2020-04/24",
])("%j is no date", (text) => {
  expect(read(text)).not.toMatch(/^\d{4}-.*Z$/);
});

test("a named pattern is the only one, and may bring its own offset", () => {
  expect(read("24/4/2020", { pattern: "d/M/yyyy", zone: "Asia/Shanghai" })).toBe("2020-04-23T16:00:00.000Z");
  expect(read("2020-04-24", { pattern: "d/M/yyyy" })).toBe(
    '"2020-04-24" is not a date of the form "d/M/yyyy"',
  );
  expect(read("24/04/2020 15:30 +02:00", { pattern: "dd/MM/yyyy HH:mm ZZ", zone: "Asia/Tokyo" })).toBe(
    "2020-04-24T13:30:00.000Z",
  );
  expect(read("31/02/2020", { pattern: "d/M/yyyy" })).toMatch(/is not a date of the form/);
});

test("a time of day from its own column counts, whatever its form", () => {
  for (const clock of ["15:30", "15:30:00", "153000", "1530"]) {
    expect(read("2020-04-24", { clock })).toBe("2020-04-24T15:30:00.000Z");
  }
  expect(read("24/04/2020", { clock: "15:30", pattern: "d/M/yyyy" })).toBe("2020-04-24T15:30:00.000Z");
  expect(read("2020-04-24", { clock: "noon" })).toBe('"noon" is not a time of day such as 15:30 or 153000');
});

test("dates without a zone are the exchange's, in summer and in winter", () => {
  expect(read("2020-01-02", { zone: "America/New_York" })).toBe("2020-01-02T05:00:00.000Z");
  expect(read("2020-07-02", { zone: "America/New_York" })).toBe("2020-07-02T04:00:00.000Z");
  expect(read("1880-01-02", { zone: "America/New_York" })).toBe("1880-01-02T04:56:02.000Z");
});

test("where clocks go forward: a time that never was is told, a day that began late is that day", () => {
  expect(read("2021-03-14 02:30", { zone: "America/New_York" })).toMatch(
    /does not exist in America\/New_York/,
  );
  expect(read("2021-03-14 03:30", { zone: "America/New_York" })).toBe("2021-03-14T07:30:00.000Z");
  expect(read("2018-11-04", { zone: "America/Sao_Paulo" })).toBe("2018-11-04T03:00:00.000Z");
});

test("where clocks go back: of the two times the earlier one, on both sides of Greenwich", () => {
  expect(read("2021-11-07 01:30", { zone: "America/New_York" })).toBe("2021-11-07T05:30:00.000Z");
  expect(read("2021-10-31 02:30", { zone: "Europe/Berlin" })).toBe("2021-10-31T00:30:00.000Z");
});
