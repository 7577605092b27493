/** The import's form: what is seen of a file, what is asked, and what is sent. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import type { CsvOptions } from "../../../server/csv/options.ts";
import { readCsvBars } from "../../../server/csv/read-bars.ts";
import {
  columnPositions,
  guessedPlaces,
  missingPlaces,
  withRole,
} from "../../../web/entities/series-import/column-places.ts";
import { columnReadings } from "../../../web/entities/series-import/column-uses.ts";
import {
  firstRows,
  headerOf,
  looksHeaderless,
  symbolFrom,
} from "../../../web/entities/series-import/csv-preview.ts";
import { dateForms, exampleOf, nameOf, readingOf } from "../../../web/entities/series-import/date-forms.ts";
import { decodeText } from "../../../web/entities/series-import/encodings.ts";
import {
  emptyImportForm,
  type ImportForm,
  importFields,
  onePriceColumn,
  rowsToStore,
  withOnePriceColumn,
} from "../../../web/entities/series-import/import-form.ts";
import {
  questionOf,
  withAnswer,
  withInstrument,
} from "../../../web/entities/series-import/import-question.ts";
import { sendPatiently } from "../../../web/entities/series-import/send-patiently.ts";
import { type ApiError, readError } from "../../../web/lib/api-error.ts";

const caseText = (file: string): string =>
  decodeText(new Uint8Array(readFileSync(join(import.meta.dirname, "../../fixtures/cases", file))))!.text;

describe("the first rows of a file", () => {
  test("are cut at its delimiter, unquoted", () => {
    expect(firstRows('"Date","Price","Vol ""x"""\n1,"2,5",3')).toEqual([
      { line: 1, cells: ["Date", "Price", 'Vol "x"'] },
      { line: 2, cells: ["1", "2,5", "3"] },
    ]);
    expect(firstRows("a;b\r\n\r\n1,5;2,5\r\n1,5;2,5").map(({ line, cells }) => [line, cells.length])).toEqual(
      [
        [1, 2],
        [3, 2],
        [4, 2],
      ],
    );
    expect(firstRows("a|b\n1|2")[0]?.cells).toEqual(["a", "b"]);
    expect(firstRows("")).toEqual([]);
  });

  test("give the names of the header, below titles, or of the line that is said to be it", () => {
    expect(headerOf(firstRows("date;open;close\r\n1;2;3"), null)).toEqual(["date", "open", "close"]);
    expect(headerOf(firstRows(",date,open\n74,2010-04-26,10.801"), null)).toEqual(["date", "open"]);
    const desktop = firstRows(caseText("gbk-desktop-export-title-and-footer.txt"));
    expect(headerOf(desktop, null).slice(0, 5)).toEqual(["日期", "开盘", "最高", "最低", "收盘"]);
    expect(headerOf(desktop, 1)).toEqual([desktop[0]!.cells[0]]);
    expect(headerOf([], null)).toEqual([]);
  });

  test.each([
    ["metatrader4-no-header.csv", true],
    ["binance-spot-no-header-microseconds.csv", true],
    ["metatrader4-with-header.csv", false],
    ["windows-1252-german.csv", false],
    ["gbk-desktop-export-title-and-footer.txt", false],
  ])("%s: begins with a bar, %s", (file, isHeaderless) => {
    expect(looksHeaderless(firstRows(caseText(file)))).toBe(isHeaderless);
  });
});

describe("a file without a header", () => {
  test.each([
    ["metatrader4-no-header.csv", { time: 1, clock: 2, open: 3, high: 4, low: 5, close: 6, volume: 7 }],
    [
      "binance-spot-no-header-microseconds.csv",
      { time: 1, clock: null, open: 2, high: 3, low: 4, close: 5, volume: 6 },
    ],
  ])("%s is guessed right", (file, positions) => {
    expect(columnPositions(guessedPlaces(firstRows(caseText(file))))).toEqual({
      adjustedClose: null,
      ...positions,
    });
  });

  test("with closing prices only has one column for all prices", () => {
    const places = guessedPlaces(firstRows("02.01.17;16,425\n03.01.17;16,365"));
    expect(places).toEqual(["time", "prices"]);
    expect(columnPositions(places)).toMatchObject({ time: 1, open: 2, high: 2, low: 2, close: 2 });
  });

  test("is not sent before its columns are named, each once", () => {
    expect(columnPositions(["", "open"])).toBeNull();
    expect(missingPlaces(["", "open"])).toBe("Say which column has: date, high, low, close");
    expect(withRole(["time", "open", ""], 2, "time")).toEqual(["", "open", "time"]);
    expect(withRole(["", "open", ""], 1, "")).toEqual(["", "", ""]);
  });
});

describe("the suggested symbol", () => {
  test("is the beginning of the file's name", () => {
    expect(["sh600519_daily.csv", "^spx_d.csv", "BRK-B.csv", "贵州茅台.csv"].map(symbolFrom)).toEqual([
      "SH600519",
      "^SPX",
      "BRK-B",
      "",
    ]);
  });
});

describe("the forms of dates", () => {
  test("begin with those of the file, and are told by an example", () => {
    const forms = dateForms(firstRows(caseText("spreadsheet-close-only-german.csv")), "");
    expect(forms.slice(0, 2)).toEqual([
      { pattern: "d.M.yyyy H:mm:ss", name: "Day first: 24.04.2020 17:35:20" },
      { pattern: "M.d.yyyy H:mm:ss", name: "Month first: 04.24.2020 17:35:20" },
    ]);
    expect(dateForms(firstRows("Date,Close\n4/5/2020 1:30 PM,1"), "")[0]?.pattern).toBe("d/M/yyyy h:mm a");
    expect(dateForms([], "d|M|yyyy")[0]).toEqual({ pattern: "d|M|yyyy", name: "Day first: 24|04|2020" });
    expect(new Set(forms.map(({ pattern }) => pattern)).size).toBe(forms.length);
  });

  test.each(dateForms([], ""))("$name is read by the server as $pattern", async ({ pattern }) => {
    const csv = `Date,Open,High,Low,Close\n"${exampleOf(pattern)}",1,1,1,1`;
    const { bars } = await readCsvBars(csv, { timezone: "UTC", dateFormat: pattern });
    expect(new Date(bars.time[0]!).toISOString()).toBe("2020-04-24T00:00:00.000Z");
  });

  test("tell what a date of the file means by each", () => {
    expect([readingOf("4/5/99", "d/M/yy"), readingOf("4/5/99", "M/d/yy")]).toEqual([
      "Day first: 4 May 1999",
      "Month first: 5 April 1999",
    ]);
    expect(readingOf("20/04/24", "yy/M/d")).toBe("Year first: 24 April 2020");
    expect(readingOf("04.05.2020T17:35", "d.M.yyyy'T'H:mm")).toBe("Day first: 4 May 2020");
    expect(readingOf("13/02/2020", "M/d/yyyy")).toBeNull();
    expect(readingOf("31/04/2020", "d/M/yyyy")).toBeNull();
  });

  test("are named by their order", () => {
    expect(["d/M/yyyy", "M.d.yy H:mm", "yyyy-MM-dd'T'HH:mm", "MMM d, yyyy"].map(nameOf)).toEqual([
      "Day first: 24/04/2020",
      "Month first: 04.24.20 17:35",
      "2020-04-24T17:35",
      "Apr 24, 2020",
    ]);
  });
});

describe("what a refused import asks", () => {
  const ask = async (file: string, options: Partial<CsvOptions>): Promise<ApiError> => {
    const refusal = await readCsvBars(caseText(file), { timezone: "UTC", ...options }).then(
      () => null,
      (error: { code: string; field: string; choices: string[]; message: string }) => error,
    );
    if (!refusal) throw new Error("expected a refusal, got bars");
    return readError({ graphQLErrors: [{ message: refusal.message, extensions: { ...refusal } }] });
  };
  const form: ImportForm = { ...emptyImportForm, symbol: "PRICES" };

  test("is which instrument to take, and the symbol follows the answer", async () => {
    const rows = firstRows(caseText("several-tickers-in-one-file.csv"));
    const question = questionOf(await ask("several-tickers-in-one-file.csv", {}), rows, form)!;
    expect(question.answers.map(({ name }) => name)).toEqual(["AAX", "ZZX"]);
    const first = withAnswer(form, question.answers[0]!, "PRICES");
    expect(first).toMatchObject({ instrument: "AAX", symbol: "AAX" });
    // Two instruments chosen one after the other are two series.
    expect(withAnswer(first, question.answers[1]!, "PRICES")).toMatchObject({ symbol: "ZZX" });
    expect(withInstrument(first, "", "PRICES")).toEqual(form);
    const typed = withAnswer({ ...form, symbol: "MINE" }, question.answers[0]!, "PRICES");
    expect(typed).toMatchObject({ instrument: "AAX", symbol: "MINE" });
  });

  test("is whether day or month stand first", async () => {
    const file = "spreadsheet-close-only-german.csv";
    const columns = { open: "Close", high: "Close", low: "Close", close: "Close" };
    const question = questionOf(await ask(file, { columns }), firstRows(caseText(file)), form)!;
    expect(question.words).toBe("These dates begin with the day or the month. Which?");
    expect(question.answers.map(({ name }) => name)).toEqual([
      "Day first: 2 January 2020",
      "Month first: 1 February 2020",
    ]);
    expect(question.detail).toBe("The first of them is 02.01.2020 17:35:20");
    expect(withAnswer(form, question.answers[0]!, "PRICES").dateFormat).toBe("d.M.yyyy H:mm:ss");
  });

  test("is which column is which, where there is no header", async () => {
    const file = "metatrader4-no-header.csv";
    const question = questionOf(await ask(file, {}), firstRows(caseText(file)), form)!;
    const answered = withAnswer(form, question.answers[0]!, "PRICES");
    expect(JSON.parse(importFields(answered, true).columnPositions!)).toMatchObject({
      time: 1,
      clock: 2,
      close: 6,
    });
  });

  test("is nothing where the message says it all", async () => {
    const file = "rate-limit-answer.csv";
    expect(questionOf(await ask(file, {}), firstRows(caseText(file)), form)).toBeNull();
  });
});

describe("the request", () => {
  test("leaves out what was left empty, the zone too", () => {
    const form = {
      ...emptyImportForm,
      symbol: " ABC ",
      columns: { ...emptyImportForm.columns, close: "Last" },
    };
    expect(importFields(form, true)).toEqual({ symbol: "ABC", columns: '{"close":"Last"}', dryRun: "true" });
    expect(importFields(emptyImportForm, false)).toEqual({ symbol: "", dryRun: "false" });
  });

  test("has either the header's line or positions, and the form of dates that was spelled", () => {
    const form: ImportForm = {
      ...emptyImportForm,
      header: 3,
      dateFormat: "own",
      ownDateFormat: " d|M|yyyy ",
      columns: { ...emptyImportForm.columns, close: "Last" },
    };
    const fields = importFields(form, true);
    expect(fields).toMatchObject({ headerLine: "3", dateFormat: "d|M|yyyy", columns: '{"close":"Last"}' });
    expect(fields).not.toHaveProperty("columnPositions");
    const bare = importFields({ ...form, header: "none", places: ["time", "prices"] }, true);
    expect(bare).not.toHaveProperty("headerLine");
    expect(bare).not.toHaveProperty("columns");
    expect(JSON.parse(bare.columnPositions!)).toMatchObject({ time: 1, close: 2 });
  });

  test("takes one column for all prices", () => {
    const form = withOnePriceColumn(emptyImportForm, "Kurs");
    expect(JSON.parse(importFields(form, true).columns!)).toEqual({
      open: "Kurs",
      high: "Kurs",
      low: "Kurs",
      close: "Kurs",
    });
    expect(onePriceColumn(form)).toBe("Kurs");
    expect(onePriceColumn({ ...form, columns: { ...form.columns, low: "Tief" } })).toBe("");
  });
});

describe("the report", () => {
  test("stores what is new and what changed", () => {
    const report = {
      rowsRead: 9,
      rowsAdded: 4,
      rowsUpdated: 2,
      rowsUnchanged: 2,
      rowsRejected: 1,
      problems: [],
      columns: [],
      warnings: [],
      review: {
        ...{ changedBars: [], jumps: [], jumpCount: 0 },
        outline: { time: [], low: [], high: [], close: [] },
      },
    };
    expect(rowsToStore(report)).toBe(6);
  });

  test("says what each column was read as, and which were passed over", async () => {
    const { columns } = await readCsvBars(caseText("german-two-digit-years-close-only.csv"), {
      timezone: "UTC",
      columns: { open: "Kurs", high: "Kurs", low: "Kurs", close: "Kurs" },
    });
    expect(columnReadings([...columns]).read).toEqual([
      { column: "Datum", readAs: "Date or time" },
      { column: "Kurs", readAs: "Open, high, low and close" },
    ]);
    const metatrader = await readCsvBars(caseText("metatrader5-daily.csv"), { timezone: "UTC" });
    const { read, passedOver } = columnReadings([...metatrader.columns]);
    expect(read.at(-1)).toEqual({ column: "<TICKVOL>", readAs: "Volume" });
    expect(passedOver).toEqual(["<VOL>", "<SPREAD>"]);
  });
});

describe("a server that is busy", () => {
  const busy: ApiError = {
    message: "busy",
    field: null,
    code: "UNAVAILABLE",
    choices: [],
    retryAfterMs: 1500,
  };

  test("is asked again by itself after the wait that it named", async () => {
    vi.useFakeTimers();
    try {
      const answers = [{ error: busy }, { error: busy }, { data: 1 }];
      const waits: string[] = [];
      const sent = vi.fn(async () => answers.shift()!);
      const outcome = sendPatiently(sent, ({ message }) => waits.push(message), new AbortController().signal);
      await vi.advanceTimersByTimeAsync(1499);
      expect(sent).toHaveBeenCalledTimes(1);
      await vi.advanceTimersByTimeAsync(1502);
      expect(await outcome).toEqual({ data: 1 });
      expect(waits).toEqual(["busy", "busy"]);
    } finally {
      vi.useRealTimers();
    }
  });

  test("is not asked again for what was given up, nor what waiting does not help", async () => {
    const gone = new AbortController();
    const sent = vi.fn(async () => ({ error: busy }));
    const outcome = sendPatiently(sent, () => gone.abort(), gone.signal);
    expect(await outcome).toBeNull();
    expect(sent).toHaveBeenCalledTimes(1);
    const tooLarge = { ...busy, code: "LIMIT_EXCEEDED", retryAfterMs: null };
    const refused = await sendPatiently(
      async () => ({ error: tooLarge }),
      () => {},
      new AbortController().signal,
    );
    expect(refused).toEqual({ error: tooLarge });
  });
});
