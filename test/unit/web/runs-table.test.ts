/** What the table of runs makes of the address, the rows and what is typed. */
import { expect, test } from "vitest";
import { sparklinePath } from "../../../web/components/sparkline-path.ts";
import { type CellColumn, cellText } from "../../../web/entities/run/cells.ts";
import { drawnLosses, lossWords } from "../../../web/entities/run/drawn-losses.ts";
import { changesOf, notesProblem, tagsIn } from "../../../web/entities/run/run-notes.ts";
import { equalColumns, type Row } from "../../../web/features/runs/columns.ts";
import { complete } from "../../../web/features/runs/complete.ts";
import { csvOf } from "../../../web/features/runs/csv.ts";
import { linesOf, spreadOf } from "../../../web/features/runs/grouping.ts";
import { liveRows, staleness } from "../../../web/features/runs/live-rows.ts";
import { readViews, storeViews, withView } from "../../../web/features/runs/saved-views.ts";
import { choose, noSelection, readSelection } from "../../../web/features/runs/selection.ts";
import { filterOf, nextSort, sortOf } from "../../../web/features/runs/table-state.ts";
import { windowedOf } from "../../../web/features/runs/windowed.ts";
import { runRow } from "../../support/run-row.ts";

const row = (id: string, numbers: Record<string, number | null> = {}, more: Partial<Row> = {}): Row => ({
  ...runRow(id, { status: "SUCCEEDED", epoch: 3, config: { epochs: 3 } }),
  lossCurve: [],
  cells: Object.entries(numbers).map(([column, number]) => ({ column, number, text: null })),
  ...more,
});
const column = (name: string, kind: CellColumn["kind"], more: object = {}) => ({
  ...{ name, kind, label: name, help: "", aliases: [], group: "RUN" as const, unit: null, better: null },
  choices: null,
  ...more,
});

test("columns that say the same of all rows are hidden, but never what the table is sorted by", () => {
  const rows = [row("a", { seed: 1, window: 60, note: null }), row("b", { seed: 2, window: 60, note: null })];
  const shown = ["status", "skill", "seed", "window", "note"];
  expect(equalColumns(rows, shown, "createdAt")).toEqual(["window", "note"]);
  expect(equalColumns(rows, shown, "window")).toEqual(["note"]);
  expect(equalColumns(rows.slice(0, 1), shown, "createdAt")).toEqual(["note"]);
});

test("values are written as people read them", () => {
  const text = (kind: CellColumn["kind"], number: number | null, name = "x") =>
    cellText(column(name, kind), { number, text: null });
  expect(text("NUMBER", 0.001)).toBe("0.001");
  expect(text("NUMBER", 0.00003)).toBe("0.00003");
  expect(text("NUMBER", 3e-7)).toBe("3e−7");
  expect(text("INTEGER", 1234)).toBe("1,234");
  expect(text("INTEGER", 1234, "seed")).toBe("1234");
  expect(text("SHARE", 0.042)).toBe("+4.2%");
  expect(text("DURATION", 4200)).toBe("4.2 s");
  expect(text("NUMBER", 2836.71, "HAR.mae")).toBe("2,836.7");
  expect(text("NUMBER", null)).toBe("–");
  expect(cellText(column("a", "BOOLEAN"), { number: null, text: "true" })).toBe("yes");
  const choices = [{ value: "MINMAX", label: "Min-max" }];
  expect(cellText(column("scaler", "CHOICE", { choices }), { number: null, text: "MINMAX" })).toBe("Min-max");
});

test("a group stands where its first run stood, with the mean and spread of those that have a value", () => {
  const experiment = { id: "e", name: "seeds", plan: "SEEDS" as const };
  const members = [row("b", { skill: 0.1 }, { experiment }), row("d", { skill: 0.3 }, { experiment })];
  const rows = [row("a"), members[0]!, row("c"), members[1]!];
  const keys = (open: string[]) => linesOf(rows, true, new Set(open)).map(({ key }) => key);
  expect(keys([])).toEqual(["a", "group e", "c"]);
  expect(keys(["e"])).toEqual(["a", "group e", "b", "d", "c"]);
  expect(linesOf(rows, false, new Set())).toHaveLength(4);
  expect(spreadOf([...members, row("x", { skill: null })], "skill")).toEqual({
    ...{ mean: 0.2, count: 2 },
    deviation: expect.closeTo(Math.sqrt(0.02), 12),
  });
  expect(spreadOf(members.slice(0, 1), "skill")!.deviation).toBeNull();
  expect(spreadOf(members, "mae")).toBeNull();
});

test("a file has numbers in full, times as ISO, quotes doubled, and no formula", () => {
  const columns = [
    column("name", "TEXT", { label: "Name" }),
    column("at", "TIME"),
    column("took", "DURATION"),
  ];
  const cell = (name: string, text: string | null, number: number | null) => ({ column: name, text, number });
  const runs = [
    { id: "1", cells: [cell("name", 'a "b", c', null), cell("at", null, 0), cell("took", null, 0.1 + 0.2)] },
    { id: "2", cells: [cell("name", "=1+1", null), cell("at", null, null), cell("took", null, null)] },
  ];
  expect(csvOf(runs, columns)).toBe(
    'Id,Name,at,took (ms)\r\n1,"a ""b"", c",1970-01-01T00:00:00.000Z,0.30000000000000004\r\n2,\'=1+1,,\r\n',
  );
});

test("what may come next follows from what was typed", () => {
  const columns = [
    column("learningRate", "NUMBER", { aliases: ["lr"], label: "Learning rate" }),
    column("status", "CHOICE", { choices: [{ value: "FAILED", label: "Failed" }] }),
    column("tags", "TEXTS", { aliases: ["tag"] }),
  ];
  const offered = (text: string) => {
    const { from, to, suggestions } = complete(text, text.length, {
      columns,
      series: ["SPX", "Ａ股"],
      tags: ["two words"],
    });
    return { typed: text.slice(from, to), words: suggestions.map((one) => one.text) };
  };
  expect(offered("le")).toEqual({ typed: "le", words: ["lr"] });
  expect(offered("lr ").words).toEqual(["<", "<=", ">", ">=", "=", "!="]);
  expect(offered("lr < 3 ").words).toEqual(["and", "or"]);
  expect(offered("lr < 3 and st")).toEqual({ typed: "st", words: ["status"] });
  expect(offered("status = ").words).toEqual(["failed"]);
  expect(offered("tag=tw")).toEqual({ typed: "tw", words: ['"two words"'] });
  expect(offered("not (").words).toContain("lr");
  // As a keyboard of Chinese types.
  expect(offered("ｌｒ ＜ ３ and ｓｔ")).toEqual({ typed: "ｓｔ", words: ["status"] });
  expect(offered("ｌｒ＜").words).toEqual(["none"]);
  expect(offered("tag＝“tw").words).toEqual(['"two words"']);
});

test("the address is a filter and an order, and a second click turns the order round", () => {
  expect(filterOf({ tab: "all", search: " x ", where: "" })).toEqual({ archived: false, search: "x" });
  // A row shows its status, too.
  expect(filterOf({ tab: "all", search: "Succ", where: "" })).toEqual({
    ...{ archived: false, search: "Succ", searchStatus: ["SUCCEEDED"] },
  });
  expect(filterOf({ tab: "archived", search: "", where: "lr < 1" })).toEqual({
    archived: true,
    expression: "lr < 1",
  });
  expect(sortOf("-skill")).toEqual({ by: "skill", descending: true });
  expect(nextSort("-createdAt", "skill", "HIGHER", false)).toBe("-skill");
  expect(nextSort("-skill", "skill", "HIGHER", false)).toBe("skill");
  expect(nextSort("skill", "mae", "LOWER", false)).toBe("mae");
  expect(nextSort("mae", "mae", "LOWER", false)).toBe("-mae");
  expect(nextSort("mae", "name", null, true)).toBe("name");
});

test("a range reaches from the last choice to this one, in the order of the table", () => {
  const order = ["a", "b", "c", "d", "e"];
  const first = choose(noSelection, "b", true, false, order);
  expect([...choose(first, "d", true, true, order).ids]).toEqual(["b", "c", "d"]);
  expect([...choose(choose(first, "e", true, true, order), "c", false, false, order).ids]).toEqual([
    "b",
    "d",
    "e",
  ]);
  expect([...choose(noSelection, "d", true, true, order).ids]).toEqual(["d"]);
});

test("what is chosen is read as it was kept, and what the browser has spoilt is none", () => {
  expect(readSelection({ ids: ["a", "b"], anchor: "b" })).toEqual({ ids: new Set(["a", "b"]), anchor: "b" });
  for (const spoilt of [null, "a", { ids: "a" }, { ids: [1] }]) expect(readSelection(spoilt)).toBeNull();
});

test("of 5,000 rows only those near the screen are drawn", () => {
  expect(windowedOf(5000, 46, 0, 900)).toEqual({ from: 0, to: 36 });
  const middle = windowedOf(5000, 46, 46 * 2500, 900);
  expect(middle.from).toBeLessThan(2500);
  expect(middle.to).toBeGreaterThan(2520);
  expect(middle.to - middle.from).toBeLessThan(60);
  expect(windowedOf(5000, 46, 46 * 4990, 900).to).toBe(5000);
  expect(windowedOf(0, 46, 0, 900)).toEqual({ from: 0, to: 0 });
});

test("what is heard changes rows where they stand, and says when they must be asked for again", () => {
  const rows = [row("a", {}, { status: "RUNNING" }), row("b")];
  const told = { ...row("a"), epoch: 9, status: "RUNNING" as const };
  const heard = new Map([["a", told]]);
  expect(liveRows(rows, heard, new Set(["b"]))).toEqual([expect.objectContaining({ id: "a", epoch: 9 })]);
  expect(staleness(rows, heard)).toBe("");
  expect(staleness(rows, new Map([["a", { ...told, status: "SUCCEEDED" }]]))).not.toBe("");
  expect(staleness(rows, new Map([["c", row("c")]]))).not.toBe("");
  expect(staleness([row("b")], new Map([["a", row("a")]]))).toBe("");
});

test("views are kept by name, and what the browser has spoilt is no view", () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
  };
  const views = withView(withView([], { name: "b", query: "x" }), { name: "a", query: "y" });
  expect(withView(views, { name: "b", query: "z" }).map(({ name, query }) => name + query)).toEqual([
    "ay",
    "bz",
  ]);
  expect(storeViews(storage, views)).toBe(true);
  expect(readViews(storage)).toEqual(views);
  expect(readViews({ getItem: () => "{" })).toEqual([]);
  expect(readViews({ getItem: () => '[{"name":1}]' })).toEqual([]);
});

test("of a run's name, tags and note only what differs is sent", () => {
  const stored = { name: "a", tags: ["x", "y"], note: null };
  expect(changesOf(stored, { name: " a ", tags: "y, x", note: " " })).toBeNull();
  expect(changesOf(stored, { name: "b", tags: "y、z", note: "why" })).toEqual({
    ...{ name: "b", addTags: ["z"], removeTags: ["x"], note: "why" },
  });
  expect(tagsIn(" a,, b，a ")).toEqual(["a", "b"]);
  expect(notesProblem({ name: " ", tags: "", note: "" })).toContain("needs a name");
  expect(notesProblem({ name: "a", tags: "x".repeat(41), note: "" })).toContain("at most 40");
  expect(notesProblem({ name: "a", tags: "b", note: "c" })).toBeNull();
  const emojis = { name: "🛢".repeat(200), tags: "🛢".repeat(40), note: "🛢".repeat(2000) };
  expect(notesProblem(emojis)).toBeNull();
  expect(notesProblem({ ...emojis, name: "🛢".repeat(201) })).toContain("this one has 201");
});

test("a sparkline falls from left to right as the losses do, and says them", () => {
  const drawn = (losses: readonly number[]) => sparklinePath(drawnLosses(losses), 100, 20);
  expect(drawn([1, 0.1, 0.01])).toEqual({ path: "M1 1L50 10L99 19", end: { x: 99, y: 19 } });
  expect(drawn([Number.NaN])).toBeNull();
  expect(drawn([0.5])!.end).toEqual({ x: 50, y: 10 });
  expect(drawn([0, -1])!.end.y).toBe(19);
  expect(lossWords([1, 0.25, 0.5])).toBe("Losses from 1 to 0.5, the lowest shown 0.25");
});
