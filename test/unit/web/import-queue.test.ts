/** Files on the way to an import: what was typed for them is there again. */
import { expect, test } from "vitest";
import {
  formOf,
  isWorthKeeping,
  noFiles,
  withFiles,
  withForm,
  withoutFirst,
} from "../../../web/entities/series-import/import-queue.ts";

const fileOf = (name: string, content = name) => ({
  ...{ name, head: content, encoding: "UTF-8" },
  body: new Blob([content]),
});
const names = ({ files }: typeof noFiles) => files.map(({ name }) => name);

test("a file that is put aside and chosen once more has what was typed, and waits once", () => {
  const file = fileOf("spx.csv");
  const opened = withFiles(noFiles, [file]);
  const typed = withForm(opened, file, { ...formOf(opened, file, undefined), currency: "USD" });
  const again = withFiles({ ...typed, isAside: true }, [fileOf("spx.csv")]);
  expect([names(again), again.isAside]).toEqual([["spx.csv"], false]);
  expect(formOf(again, again.files[0]!, undefined)).toMatchObject({ symbol: "SPX", currency: "USD" });
  const other = withFiles({ ...typed, isAside: true }, [fileOf("spx.csv", "another content")]);
  expect(formOf(other, other.files[0]!, undefined).currency).toBe("");
  expect(names(other)).toEqual(["spx.csv", "spx.csv"]);
});

test("what was typed for a file that was dealt with is forgotten", () => {
  const files = [fileOf("a.csv"), fileOf("b.csv")];
  const opened = withFiles(noFiles, files);
  const typed = withForm(opened, files[0]!, { ...formOf(opened, files[0]!, undefined), name: "A" });
  const next = withoutFirst(typed);
  expect([names(next), next.done, formOf(next, files[0]!, undefined).name]).toEqual([["b.csv"], 1, ""]);
  expect(withoutFirst(next)).toEqual(noFiles);
});

test("one file with nothing typed is nothing to keep; several are, and so is a typed word", () => {
  const file = fileOf("a.csv");
  const one = withFiles(noFiles, [file]);
  expect(isWorthKeeping(noFiles, undefined)).toBe(false);
  expect(isWorthKeeping(one, "SPX")).toBe(false);
  expect(isWorthKeeping(withForm(one, file, formOf(one, file, "SPX")), "SPX")).toBe(false);
  expect(isWorthKeeping(withForm(one, file, { ...formOf(one, file, "SPX"), name: "A" }), "SPX")).toBe(true);
  const typed = withForm(one, file, { ...formOf(one, file, "SPX"), name: "A" });
  expect(isWorthKeeping({ ...typed, isStored: true }, "SPX")).toBe(false);
  expect(isWorthKeeping(withFiles(one, [fileOf("b.csv")]), "SPX")).toBe(true);
});
