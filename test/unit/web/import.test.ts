/** Files for the import are read as they were written, wherever they come from. */
import { describe, expect, test } from "vitest";
import { decodeText, headerOf, symbolFrom } from "../../../web/features/all-series/csv-file.ts";
import { emptyImportForm, importInput, rowsToStore } from "../../../web/features/all-series/import-form.ts";

describe("a file's text", () => {
  test("is read as UTF-8, as UTF-16 behind its mark, and as GB18030 where Chinese sources still write it", () => {
    const chinese = "日期,开盘,收盘\n";
    expect(decodeText(new TextEncoder().encode(chinese))).toBe(chinese);
    expect(decodeText(Uint8Array.of(0xff, 0xfe, ...Buffer.from(chinese, "utf16le")))).toBe(chinese);
    // 日期 in GB18030, which is not valid UTF-8.
    expect(decodeText(Uint8Array.of(0xc8, 0xd5, 0xc6, 0xda))).toBe("日期");
  });
});

describe("a file's header", () => {
  test("gives its names, unquoted, whatever separates them", () => {
    expect(headerOf('"Date","Price","Vol."\n1,2,3')).toEqual(["Date", "Price", "Vol."]);
    expect(headerOf("date;open;close\r\n1;2;3")).toEqual(["date", "open", "close"]);
    expect(headerOf(",date,open\n74,2010-04-26,10.801")).toEqual(["date", "open"]);
    expect(headerOf("")).toEqual([]);
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

describe("the request", () => {
  test("leaves out what was left empty", () => {
    const form = {
      ...emptyImportForm,
      symbol: " ABC ",
      columns: { ...emptyImportForm.columns, close: "Last" },
    };
    expect(importInput(form, "csv", true)).toEqual({
      symbol: "ABC",
      name: null,
      currency: null,
      timezone: "UTC",
      dateFormat: null,
      columns: { close: "Last" },
      csv: "csv",
      dryRun: true,
    });
    expect(importInput(emptyImportForm, "csv", false).columns).toBeNull();
  });

  test("stores what is new and what changed", () => {
    const report = {
      rowsRead: 9,
      rowsAdded: 4,
      rowsUpdated: 2,
      rowsUnchanged: 2,
      rowsRejected: 1,
      problems: [],
    };
    expect(rowsToStore(report)).toBe(6);
  });
});
