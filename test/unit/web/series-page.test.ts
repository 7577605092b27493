/** What the pages of series say: what an import changes, what a version changed, which run is the best. */
import { describe, expect, test } from "vitest";
import { sparklinePath } from "../../../web/components/sparkline-path.ts";
import { roleChoices, roleOf, withHeaderRole } from "../../../web/entities/series-import/column-roles.ts";
import { drawnCourses, rangeBeside } from "../../../web/entities/series-import/course.ts";
import { firstRows, previewTable } from "../../../web/entities/series-import/csv-preview.ts";
import { emptyImportForm } from "../../../web/entities/series-import/import-form.ts";
import { isAboutTable } from "../../../web/entities/series-import/import-question.ts";
import { jumpWords } from "../../../web/entities/series-import/jump-words.ts";
import { gapWords } from "../../../web/features/one-series/gap-words.ts";
import { type LayableRun, layable, withLaid } from "../../../web/features/one-series/laid-runs.ts";
import { inOrder, versionNotes } from "../../../web/features/one-series/series-runs.ts";
import { changeWords, revertQuestion, type Version } from "../../../web/features/one-series/versions.ts";

const version = (number: number, more: Partial<Version> = {}): Version => ({
  ...{ id: `v${number}`, number, contentHash: `hash ${number}`, barCount: 100 + number },
  ...{ createdAt: "2026-11-27T10:02:00Z", rowsAdded: null, rowsChanged: null },
  ...more,
});

describe("a version", () => {
  test("says how many rows its import added and changed", () => {
    expect(changeWords(version(2, { rowsAdded: 4, rowsChanged: 14 }), [])).toBe(
      "18 rows: 4 added, 14 changed",
    );
    expect(changeWords(version(1, { rowsAdded: 5105, rowsChanged: 0 }), [])).toBe("5,105 rows: 5,105 added");
    expect(changeWords(version(2, { rowsAdded: 0, rowsChanged: 1 }), [])).toBe("1 row: 1 changed");
  });

  test("that went back says to which bars, and one that nobody counted says nothing", () => {
    const first = version(1);
    expect(changeWords(version(3, { contentHash: first.contentHash }), [version(2), first])).toMatch(
      /^Back to the bars of 27 Nov 2026/,
    );
    expect(changeWords(version(2), [first])).toBe("–");
  });

  test("that is undone is named by when it was stored, and what the series has then by its bars", () => {
    const question = revertQuestion({ version: version(1), undone: version(2) });
    expect(question.title).toBe("Undo this import?");
    expect(question.words).toMatch(
      /^The series has the bars again that it had before 27 Nov 2026.*: 101 bars/,
    );
    expect(revertQuestion({ version: version(1), undone: null }).title).toBe("Go back to this version?");
  });
});

describe("runs on a series", () => {
  const run = (id: string, skill: number | null) => ({
    id,
    scores: skill === null ? [] : [{ split: "TEST" as const, skill }],
  });

  test("stand with the best on the test first, and those without a score last, in their own order", () => {
    const runs = [run("a", null), run("b", -0.1), run("c", 0.2), run("d", null)] as never[];
    expect(inOrder(runs, "best").map(({ id }: { id: string }) => id)).toEqual(["c", "b", "a", "d"]);
    expect(inOrder(runs, "newest")).toEqual(runs);
  });

  test("say whether the series changed since", () => {
    const notes = versionNotes(
      [
        { id: "old", seriesVersion: { number: 3, contentHash: "wrong" } },
        { id: "new", seriesVersion: { number: 2, contentHash: "right" } },
      ],
      "right",
    );
    expect(notes.get("old")).toBe("On version 3; the series changed since");
    expect(notes.get("new")).toBe("On the bars as they are now");
  });
});

describe("predictions over prices", () => {
  const run = (id: string, target: string, skill: number) =>
    ({ id, name: id, config: { target }, scores: [{ split: "TEST", skill }] }) as LayableRun;

  test("are offered of runs that predict a price, the best first", () => {
    const runs = [run("a", "CLOSE", 0.1), run("b", "VOLUME", 0.9), run("c", "ADJUSTED_CLOSE", 0.2)];
    expect(layable(runs).map(({ id }) => id)).toEqual(["c", "a"]);
  });

  test("are of three runs at most: the one chosen first gives way", () => {
    expect(withLaid(["a", "b", "c"], "d", true)).toEqual(["b", "c", "d"]);
    expect(withLaid(["a", "b"], "a", false)).toEqual(["b"]);
  });
});

describe("what is found in bars", () => {
  test("is told as a fall in percent, and as a split where it looks like one", () => {
    const fall = { time: "2020-03-16T04:00:00Z", before: 2711, after: 1.5, splitRatio: null };
    expect(jumpWords(fall, "America/New_York")).toBe("16 Mar 2020: −99.9%, from 2,711.0 to 1.50");
    const split = { ...fall, before: 100, after: 50, splitRatio: 2 };
    expect(jumpWords(split, "America/New_York")).toMatch(/−50\.0%.*like a split of 2 for 1$/);
    expect(jumpWords({ ...split, before: 50, after: 100 }, "UTC")).toMatch(/like a split of 1 for 2$/);
  });

  test.each([
    [7 * 86_400_000, "7 days"],
    [3 * 3_600_000, "3 hours"],
    [45 * 60_000, "45 minutes"],
    [20_000, "20 seconds"],
  ])("a gap of %d ms is %s", (ms, words) => {
    expect(gapWords(ms)).toBe(words);
  });
});

describe("the first rows of an import", () => {
  const rows = firstRows("A title\nDate,Kurs,Stücke\n2020-01-02,1.5,10\n2020-01-03,1.6,11\n");
  const uses = [
    { column: "Date", field: "time" },
    ...["open", "high", "low", "close"].map((field) => ({ column: "Kurs", field })),
    { column: "Stücke", field: null },
  ];

  test("stand below the header that the server found, without the title above it", () => {
    const { header, below } = previewTable(rows, null, ["Date", "Kurs", "Stücke"]);
    expect(header.map(({ name }) => name)).toEqual(["Date", "Kurs", "Stücke"]);
    expect(below.map(({ line }) => line)).toEqual([3, 4]);
    expect(previewTable(rows, 1, []).header.map(({ name }) => name)).toEqual(["A title"]);
    expect(previewTable([], null, [])).toEqual({ header: [], below: [] });
  });

  test("say what each column is read as", () => {
    const role = (column: string) => roleOf(column, uses, emptyImportForm);
    expect(["Date", "Kurs", "Stücke"].map(role)).toEqual(["time", "prices", ""]);
  });

  test("say of no column that it is passed over before the table is read", () => {
    const named = withHeaderRole(emptyImportForm, "Kurs", "close");
    expect(["Date", "Kurs"].map((column) => roleOf(column, null, named))).toEqual(["unread", "close"]);
    expect(roleChoices("unread")[0]).toEqual({ role: "unread", name: "Not read yet" });
    expect(["csv", "headerLine", "instrument"].every((field) => isAboutTable({ field }))).toBe(true);
    expect(["name", "timezone", "symbol", null].some((field) => isAboutTable({ field }))).toBe(false);
  });

  test("let a column be something else, and only that", () => {
    const chosen = withHeaderRole(emptyImportForm, "Stücke", "volume");
    expect(chosen.columns.volume).toBe("Stücke");
    expect(withHeaderRole(chosen, "Stücke", "close").columns).toMatchObject({ volume: "", close: "Stücke" });
    expect(withHeaderRole(chosen, "Kurs", "prices").columns).toMatchObject({ open: "Kurs", close: "Kurs" });
  });
});

describe("small pictures", () => {
  test("draw what is stored and what the file brings on the same axes", () => {
    const { stored, file } = drawnCourses({ time: [0, 10], close: [0, 100] }, { time: [10], close: [100] });
    expect(stored).toBe("M4.0 116.0L596.0 4.0");
    expect(file).toBe("M596.0 4.0 h2");
    expect(drawnCourses({ time: [], close: [] }, { time: [], close: [] })).toEqual({ stored: "", file: "" });
  });

  test("show as much of the series before and after the file as the file is long", () => {
    const yearMs = 365 * 86_400_000;
    expect(rangeBeside({ time: [yearMs, 2 * yearMs] })).toEqual({ from: 0, to: 3 * yearMs });
    expect(rangeBeside({ time: [] })).toBeNull();
  });

  test("of a constant price are a line in the middle", () => {
    expect(sparklinePath([5, 5], 96, 28)?.path).toBe("M1 14L95 14");
  });
});
