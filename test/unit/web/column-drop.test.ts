/** Dragging what a column is onto another column of a file that is imported. */
import { describe, expect, test } from "vitest";
import {
  edgeStep,
  formAfterDrop,
  isDraggable,
  placesAfterDrop,
} from "../../../web/entities/series-import/column-drop.ts";
import { roleOf } from "../../../web/entities/series-import/column-roles.ts";
import { emptyImportForm, type ImportForm } from "../../../web/entities/series-import/import-form.ts";

const uses = [
  { column: "Date", field: "time" },
  { column: "Time", field: "time" },
  ...["open", "high", "low"].map((field) => ({ column: field.toUpperCase(), field })),
  ...["close", "adjustedClose"].map((field) => ({ column: "Last", field })),
  { column: "Turnover", field: null },
  { column: "Volume", field: "volume" },
];
const rolesOf = (form: ImportForm, ...columns: string[]) =>
  columns.map((column) => roleOf(column, uses, form));
const named = ({ columns }: ImportForm) =>
  Object.fromEntries(Object.entries(columns).filter(([, column]) => column !== ""));

describe("in a file with a header", () => {
  test("two columns exchange their roles, and show so before the server has answered", () => {
    const form = formAfterDrop(emptyImportForm, uses, "HIGH", "LOW");
    expect(named(form)).toEqual({ high: "LOW", low: "HIGH" });
    expect(rolesOf(form, "HIGH", "LOW")).toEqual(["low", "high"]);
  });

  test("dragging the role back makes the first reading again", () => {
    const there = formAfterDrop(emptyImportForm, uses, "HIGH", "LOW");
    const back = formAfterDrop(there, uses, "LOW", "HIGH");
    expect(rolesOf(back, "HIGH", "LOW")).toEqual(["high", "low"]);
  });

  test("a column that was passed over takes the role and gives none", () => {
    const form = formAfterDrop(emptyImportForm, uses, "Volume", "Turnover");
    expect(named(form)).toEqual({ volume: "Turnover" });
    expect(rolesOf(form, "Volume", "Turnover")).toEqual(["", "volume"]);
  });

  test("a column of several roles takes another one, and gives none", () => {
    expect(rolesOf(emptyImportForm, "Last")).toEqual(["other"]);
    expect(named(formAfterDrop(emptyImportForm, uses, "Volume", "Last"))).toEqual({ volume: "Last" });
  });

  test("a date dropped on its time of day loses neither", () => {
    expect(formAfterDrop(emptyImportForm, uses, "Date", "Time")).toBe(emptyImportForm);
  });

  test("the one price of all four moves as one", () => {
    const closes = [
      { column: "Date", field: "time" },
      ...["open", "high", "low", "close"].map((field) => ({ column: "Kurs", field })),
      { column: "Stücke", field: "volume" },
    ];
    const form = formAfterDrop(emptyImportForm, closes, "Kurs", "Stücke");
    const all = { open: "Stücke", high: "Stücke", low: "Stücke", close: "Stücke" };
    expect(named(form)).toEqual({ ...all, volume: "Kurs" });
  });
});

test("in a file without a header two places exchange their roles, and the others keep theirs", () => {
  expect(placesAfterDrop(["time", "open", "", "close"], 3, 1)).toEqual(["time", "close", "", "open"]);
  expect(placesAfterDrop(["time", "prices", ""], 1, 2)).toEqual(["time", "", "prices"]);
});

test("a column that is passed over, or has several roles, has none to drag", () => {
  expect(["", "unread", "other", "time", "prices"].map(isDraggable)).toEqual([
    ...[false, false, false],
    ...[true, true],
  ]);
});

test("near the ends of what scrolls it scrolls, the nearer the faster, and nowhere else", () => {
  const box = { left: 100, right: 400 };
  expect([250, 140, 360].map((x) => Math.abs(edgeStep(x, box)))).toEqual([0, 0, 0]);
  expect([120, 100, 20].map((x) => edgeStep(x, box))).toEqual([-6, -12, -12]);
  expect([380, 400, 900].map((x) => edgeStep(x, box))).toEqual([6, 12, 12]);
});
