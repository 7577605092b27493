/** Files and options that are made to take the server away, or that hide what they swallow. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import type { CsvOptions } from "../../server/csv/options.ts";
import { maxProblems } from "../../server/csv/problems.ts";
import { type CsvBars, readCsvBars } from "../../server/csv/read-bars.ts";

const header = "date,open,high,low,close";
const good = "2020-01-01,1,1,1,1";
const read = (csv: string, options: Partial<CsvOptions> = {}) =>
  readCsvBars(csv, { timezone: "UTC", ...options });

/** The longest time that nothing else had a turn, beside the result. */
async function longestSilence<T>(work: Promise<T>): Promise<{ silenceMs: number; result: T | Error }> {
  let isOver = false;
  const outcome = work
    .catch((error: Error) => error)
    .finally(() => {
      isOver = true;
    });
  let silenceMs = 0;
  for (let last = performance.now(); !isOver; last = performance.now()) {
    await nextTurn();
    silenceMs = Math.max(silenceMs, performance.now() - last);
  }
  return { silenceMs, result: await outcome };
}

test("a pattern that names a part twice is refused, with which", async () => {
  const csv = `${header}\n${"1".repeat(79)}x,1,1,1,1`;
  const start = performance.now();
  await expect(read(csv, { dateFormat: `y${"Md".repeat(25)}` })).rejects.toMatchObject({
    code: "BAD_USER_INPUT",
    field: "dateFormat",
  });
  expect(performance.now() - start).toBeLessThan(500);
});

test.each([
  [`yyyy${"MMdd".repeat(12)}`, "it names the month twice"],
  ["yyyy-MM-dd LL", "it names the month twice"],
  ["d/M/yyyy d", "it names the day twice"],
  ["d/M/yyyy yy", "it names the year twice"],
  ["d/M/yyyy H:m:s.S u", "it names the fraction twice"],
  ["d/M/yyyy HH:mm h", "it names the hour twice"],
  ["d/M/yyyy HH:mm ZZ z", "it names the zone twice"],
  ["d/M/yyyy h:mm a a", "it names the half twice"],
  ["yMd", "between y and M nothing tells where one ends"],
  ["yyyy-MM-ddTHH:mm", '"T" is no part of a date'],
  ["yyyy-MM-dd 'T", "a quote in it is never closed"],
  ["X", '"X" is no part of a date'],
  ["d/M/yyyy H:mm a", "the hour is h"],
  ["d.M.yyyy".padEnd(61), "it has more than 60 characters"],
])("the pattern %s is refused: %s", async (dateFormat, because) => {
  await expect(read(`${header}\n${good}`, { dateFormat })).rejects.toMatchObject({
    field: "dateFormat",
    message: expect.stringContaining(because),
  });
});

test("thousands of numbers as long as a line are none, and others have their turns", async () => {
  const long = `2020-01-01,${"9".repeat(9950)}x,1,1,1\n`;
  const { silenceMs, result } = await longestSilence(read(`${header}\n${good}\n${long.repeat(3000)}`));
  expect(result).toMatchObject({ rowsRead: 3001, rowsRejected: 3000 });
  expect(result).toHaveProperty("problems.0.message", `"${"9".repeat(40)}..." is not a number`);
  expect(silenceMs).toBeLessThan(1000);
});

test("a date of more than 64 characters is none, whatever it begins with", async () => {
  for (const dateFormat of [null, "yyyy-MM-dd"]) {
    const { problems } = await read(`${header}\n${good}\n2020-01-01${"0".repeat(60)},1,1,1,1`, {
      dateFormat,
    });
    expect(problems[0]?.message).toMatch(/is not a date: it has 70 characters/);
  }
  const clock = await read(
    `date,time,open,high,low,close\n2020-01-01,,1,1,1,1\n2020-01-02,${"1".repeat(65)},1,1,1,1`,
  );
  expect(clock.problems[0]?.message).toMatch(/is not a time of day/);
});

test("an unclosed quote is told at its line, with how many lines it swallowed", async () => {
  const rows = Array.from({ length: 20_000 }, (_, row) => `2020-01-02T${row},1,1,1,1\n`).join("");
  const { problems, rowsRead } = await read(`${header}\n${good}\n2020-01-02,"1,1\n${rows}`);
  expect(problems).toEqual([
    {
      line: 3,
      column: null,
      message: "a quote that opens here is never closed, and the 20000 lines after it could not be read",
    },
  ]);
  expect(rowsRead).toBe(2);
  const inCell = await read(
    `${header},note\n${good},"two\nlines"\n2020-01-02,1,1,1,1,"two\nlines","open\nend`,
  );
  expect(inCell.problems[0]).toMatchObject({
    line: 5,
    message: expect.stringContaining("the 1 line after it"),
  });
});

test("a quote that another one closes far below does not take the lines in between along in silence", async () => {
  const csv = `${header}\n${good}\n2020-01-02,"1,1,1,1\n2020-01-03,1,1,1,1\n2020-01-04,1",1,1,1\n2020-01-05,1,1,1,1`;
  const { problems, bars } = await read(csv);
  expect(bars.time.length).toBe(2);
  expect(problems).toEqual([{ line: 3, column: "open", message: expect.stringMatching(/is not a number/) }]);
  const misfit = await read(csv.replace('1",1,1,1', '1",1,1'));
  expect(misfit.problems[0]?.message).toMatch(/a quote in it is closed only in line 5/);
});

test.each([
  ["the same date 300,000 times", `${good}\n`.repeat(300_000), 300_000],
  ["short rows", `${good}\n${"x,y\n".repeat(300_000)}`, 300_001],
  ["blank lines", `${good}\n${"\n".repeat(900_000)}`, 1],
  ["quotes", `${good}\n${'"a""b","c"\n'.repeat(200_000)}`, 200_001],
  ["lines in quotes", `${good}\n${'"a\nb","c"\n'.repeat(200_000)}`, 200_001],
])("%s keep nobody waiting, and the first problems are told", async (_, rows, rowsRead) => {
  const { silenceMs, result } = await longestSilence(read(`${header}\n${rows}`));
  expect(result).toMatchObject({ rowsRead, rowsRejected: rowsRead - 1 });
  expect((result as CsvBars).problems.length).toBe(Math.min(rowsRead - 1, maxProblems));
  expect(silenceMs).toBeLessThan(1000);
});

test.each([
  ["a line of 10 MB", "x".repeat(10_000_000), "line 1 has 10000000 characters"],
  ["a million columns", `${",".repeat(1_000_000)}\n1`, "line 1 has 1000000 characters"],
  ["a zero byte", `${header}\n2020-01-01\0,1,1,1,1`, "csv is not text"],
  ["50,000,001 characters", " ".repeat(50_000_001), "csv may have 50000000 characters"],
  ["10 million blank lines", "\n".repeat(10_000_000), "csv may have 1000000 rows"],
])("%s is refused", async (_, csv, message) => {
  const { silenceMs, result } = await longestSilence(read(csv));
  expect(result).toBeInstanceOf(Error);
  expect((result as Error).message).toContain(message);
  expect(silenceMs).toBeLessThan(1000);
});

test("a zone that is spelled in a thousand ways is one zone: each spelling kept 56 kB for good", async () => {
  const zone = "America/Argentina/Buenos_Aires";
  const spelled = (bits: number) =>
    [...zone].map((sign, at) => ((bits >> (at % 10)) & 1 ? sign.toUpperCase() : sign.toLowerCase())).join("");
  const rows = Array.from({ length: 1000 }, (_, day) => {
    const date = new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10);
    return `${date} ${spelled(day)},1,1,1,1`;
  });
  const Original = Intl.DateTimeFormat;
  let made = 0;
  const construct = (target: typeof Original, given: unknown[]): Intl.DateTimeFormat => {
    made++;
    return Reflect.construct(target, given);
  };
  Intl.DateTimeFormat = new Proxy(Original, { construct });
  try {
    const csv = `${header}\n${rows.join("\n")}`;
    expect(await read(csv, { dateFormat: "yyyy-MM-dd z" })).toMatchObject({
      rowsRead: 1000,
      rowsRejected: 0,
    });
    for (let bits = 0; bits < 100; bits++) await read(`${header}\n${good}`, { timezone: spelled(bits) });
  } finally {
    Intl.DateTimeFormat = Original;
  }
  expect(made).toBeLessThan(10);
});

test.each([
  "Etc/../UTC",
  "+05:30",
  "UTC\0",
  "constructor",
  "__proto__",
  "../../etc/passwd",
  "x".repeat(64),
  "",
])("%j is no zone", async (timezone) => {
  await expect(read(`${header}\n${good}`, { timezone })).rejects.toMatchObject({ field: "timezone" });
});
