/** What a date cell means, and in which zone. */
import { describe, expect, test } from "vitest";
import type { DateHabits } from "../../server/csv/date-forms.ts";
import { datePattern } from "../../server/csv/date-pattern.ts";
import { timeReader } from "../../server/csv/dates.ts";
import type { CsvOptions } from "../../server/csv/options.ts";
import { readCsvBars } from "../../server/csv/read-bars.ts";

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
  ["1587686400123456", "2020-04-24T00:00:00.123Z"],
  ["1587686400123456789", "2020-04-24T00:00:00.123Z"],
  ["1587686400.5", "2020-04-24T00:00:00.500Z"],
  ["20200424 15:30", "2020-04-24T15:30:00.000Z"],
  ["2020-04-24 3:30 PM", "2020-04-24T15:30:00.000Z"],
  ["24-Apr-20", "2020-04-24T00:00:00.000Z"],
  ["24-Apr-99", "1999-04-24T00:00:00.000Z"],
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
  [
    "4/5/2020 1:30 PM",
    '"4/5/2020 1:30 PM" may begin with the day or the month: the form of the dates is to be named, "d/M/yyyy h:mm a" or "M/d/yyyy h:mm a"',
  ],
  [
    "4/24/2020, 13:30:05.25 +02:00",
    '"4/24/2020, 13:30:05.25 +02:00" begins with the month: the form of the dates is to be named, "M/d/yyyy, H:mm:ss.u Z"',
  ],
  [
    "04.05.2020T13:30Z",
    '"04.05.2020T13:30Z" may begin with the day or the month: the form of the dates is to be named, "d.M.yyyy\'T\'H:mmZ" or "M.d.yyyy\'T\'H:mmZ"',
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

test("what the file settles is read without being named, two digits of a year included", () => {
  expect(read("04/05/2020", { first: "day" })).toBe("2020-05-04T00:00:00.000Z");
  expect(read("04/05/2020", { first: "month" })).toBe("2020-04-05T00:00:00.000Z");
  expect(read("02.01.17", { first: "day" })).toBe("2017-01-02T00:00:00.000Z");
  expect(read("31.03.99", { first: "day" })).toBe("1999-03-31T00:00:00.000Z");
  expect(read("4/5/2020 9:30:15", { first: "day" })).toBe("2020-05-04T09:30:15.000Z");
  expect(read("04/13/2020", { first: "day" })).toMatch(/is not a day of the calendar, with the day first/);
});

test("a spreadsheet's day numbers are days only where the file has nothing else", () => {
  expect(read("45383", { dayNumbers: true })).toBe("2024-04-01T00:00:00.000Z");
  expect(read("45383.75", { dayNumbers: true })).toBe("2024-04-01T18:00:00.000Z");
  expect(read("45383")).toMatch(/is not a date/);
});

test.each([
  ["24.04.2020 15:30:05", "dd.MM.yyyy HH:mm:ss", "2020-04-24T15:30:05.000Z"],
  ["24.4.20", "d.M.yy", "2020-04-24T00:00:00.000Z"],
  ["31.03.99", "dd.MM.yy", "1999-03-31T00:00:00.000Z"],
  ["Fri, Apr 24, 2020", "EEE, MMM d, yyyy", "2020-04-24T00:00:00.000Z"],
  ["24 april 2020", "d MMMM yyyy", "2020-04-24T00:00:00.000Z"],
  ["20200424", "yyyyMMdd", "2020-04-24T00:00:00.000Z"],
  ["2020-04-24T15:30", "yyyy-MM-dd'T'HH:mm", "2020-04-24T15:30:00.000Z"],
  ["4/24/2020 3:30 PM", "M/d/yyyy h:mm a", "2020-04-24T15:30:00.000Z"],
  ["4/24/2020 12:05 a.m.", "M/d/yyyy h:mm a", "2020-04-24T00:05:00.000Z"],
  ["2020-04-24 15:30:05.123456", "yyyy-MM-dd HH:mm:ss.u", "2020-04-24T15:30:05.123Z"],
  ["2020-04-24 15:30 America/New_York", "yyyy-MM-dd HH:mm z", "2020-04-24T19:30:00.000Z"],
  ["2020-04-24 15:30 +0200", "yyyy-MM-dd HH:mm ZZZ", "2020-04-24T13:30:00.000Z"],
])("%s is read by %s", (text, pattern, time) => {
  expect(read(text, { pattern })).toBe(time);
});

test.each([
  ["24.04.2020 ", "dd.MM.yyyy HH"],
  ["4.04.2020", "dd.MM.yyyy"],
  ["24.04.20200", "dd.MM.yyyy"],
  ["24.04.2020 13:00 PM", "dd.MM.yyyy h:mm a"],
  ["24.04.2020 10:00 Mars/Olympus", "dd.MM.yyyy HH:mm z"],
  ["24.04.2020 10:00 +9:99", "dd.MM.yyyy HH:mm ZZ"],
])("%s is not read by %s", (text, pattern) => {
  expect(read(text, { pattern })).toMatch(/is not a date of the form/);
});

describe("dates of a whole file", () => {
  const file = (...dates: string[]) =>
    ["Date,Open,High,Low,Close", ...dates.map((date) => `${date},1,1,1,1`)].join("\n");
  const days = async (csv: string, options: Partial<CsvOptions> = {}) => {
    const { bars } = await readCsvBars(csv, { timezone: "UTC", ...options });
    return [...bars.time].map((time) => new Date(time).toISOString().slice(0, 10));
  };

  test("that contradict each other are refused with both lines", async () => {
    await expect(days(file("13/02/2020", "02/13/2020"))).rejects.toThrow(
      /"13\/02\/2020" in line 2 begins with the day, "02\/13\/2020" in line 3 with the month/,
    );
  });

  test("with years of two digits that may stand first settle nothing", async () => {
    const yearFirst = file("20/04/24", "20/04/27", "20/04/28");
    await expect(days(yearFirst)).rejects.toThrow(/none of the 3 rows/);
    await expect(days(yearFirst)).rejects.toMatchObject({ choices: ["yy/M/d", "d/M/yy"] });
    expect(await days(yearFirst, { dateFormat: "yy/M/d" })).toEqual([
      "2020-04-24",
      "2020-04-27",
      "2020-04-28",
    ]);
    expect(await days(file("24/04/20", "27/04/20", "28/04/20"))).toEqual([
      "2020-04-24",
      "2020-04-27",
      "2020-04-28",
    ]);
  });

  test("do not disprove a pattern by a slip of the pen", async () => {
    const csv = file("03/02/2020", "31/02/2020", "99/99/2020", "n/a");
    expect(await days(csv, { dateFormat: "d/M/yyyy" })).toEqual(["2020-02-03"]);
    await expect(days(file("03/02/2020", "03/13/2020"), { dateFormat: "d/M/yyyy" })).rejects.toMatchObject({
      field: "dateFormat",
    });
  });

  test("are no day numbers in a column without a name, nor beside other dates", async () => {
    const csv = file("45383", "45384");
    expect(await days(csv)).toEqual(["2024-04-01", "2024-04-02"]);
    await expect(days(csv.replace("Date", ""))).rejects.toThrow(/is not a date/);
    expect(await days(file("45383", "2024-04-02"))).toEqual(["2024-04-02"]);
  });

  test("show the hour that comes twice in the order of the file, the newest first as well", async () => {
    const clocks = ["00:30", "01:00", "01:30", "01:00", "01:30", "02:00"];
    const rows = clocks.map((clock, at) => `2024-11-03 ${clock},${at},${at},${at},${at}`);
    const head = "Date,Open,High,Low,Close";
    for (const lines of [rows, rows.toReversed()]) {
      const csv = [head, ...lines].join("\n").replace(",0,0,0,0", ",9,9,9,9");
      const { bars, problems } = await readCsvBars(csv, { timezone: "America/New_York" });
      expect(problems).toEqual([]);
      expect([...bars.close]).toEqual([9, 1, 2, 3, 4, 5]);
    }
    const thrice = [head, ...rows, rows[1]!].join("\n").replace(",0,0,0,0", ",9,9,9,9");
    const { problems } = await readCsvBars(thrice, { timezone: "America/New_York" });
    expect(problems).toMatchObject([{ line: 8, message: expect.stringContaining("the time of line") }]);
  });
});
