/** The list of runs shows what was fetched as it is now. */
import { expect, test } from "vitest";
import {
  applyChanges,
  noFilter,
  queueOf,
  type RunRow,
  rememberChanges,
  withoutDeleted,
} from "../../../web/entities/run-list/live-runs.ts";
import { runRow } from "../../support/run-row.ts";

const run = (id: string, minute: number, changes: Partial<RunRow> = {}) =>
  runRow(id, { createdAt: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString(), ...changes });
const changesOf = (...runs: RunRow[]) => rememberChanges(new Map(), runs);
const idsOf = (runs: readonly RunRow[]) => runs.map(({ id }) => id);

test("a run shows its newest state, and a new run comes first", () => {
  const shown = applyChanges(
    [run("b", 2), run("a", 1)],
    changesOf(run("a", 1, { epoch: 9 }), run("c", 3)),
    noFilter,
  );
  expect(idsOf(shown)).toEqual(["c", "b", "a"]);
  expect(shown[2]!.epoch).toBe(9);
});

test("runs of the same millisecond stand as the server lists them, and none of a later page jumps in", () => {
  const fetched = [run("d", 1), run("b", 1)];
  expect(idsOf(applyChanges(fetched, changesOf(run("e", 1), run("f", 1)), noFilter))).toEqual([
    "f",
    "e",
    "d",
    "b",
  ]);
  expect(idsOf(applyChanges(fetched, changesOf(run("a", 1), run("c", 1)), noFilter))).toEqual(["d", "b"]);
});

test("a run that no longer fits the filter leaves the list", () => {
  const filter = { ...noFilter, status: ["RUNNING"] as const };
  const shown = applyChanges([run("a", 1)], changesOf(run("a", 1, { status: "SUCCEEDED" })), filter);
  expect(shown).toEqual([]);
});

test("a new run that does not fit the filter stays out, by status, words and series", () => {
  const news = changesOf(run("c", 3));
  expect(applyChanges([], news, { ...noFilter, status: ["FAILED"] })).toEqual([]);
  expect(applyChanges([], news, { ...noFilter, search: "nothing like it" })).toEqual([]);
  expect(applyChanges([], news, { ...noFilter, seriesId: "s2" })).toEqual([]);
  expect(idsOf(applyChanges([], news, { ...noFilter, search: " spx " }))).toEqual(["c"]);
});

test("a run of a page that is not loaded yet does not jump into the list when it changes", () => {
  expect(idsOf(applyChanges([run("c", 3), run("b", 2)], changesOf(run("a", 1)), noFilter))).toEqual([
    "c",
    "b",
  ]);
});

test("where runs of any age are watched, an old one that is resumed is taken up", () => {
  const fetched = [run("5", 5), run("4", 4)];
  const changes = changesOf(run("1", 1, { status: "QUEUED" }));
  expect(applyChanges(fetched, changes, noFilter).map(({ id }) => id)).toEqual(["5", "4"]);
  const filter = { ...noFilter, ofAnyAge: true };
  expect(applyChanges(fetched, changes, filter).map(({ id }) => id)).toEqual(["5", "4", "1"]);
});

test("what was deleted here is in no list, neither a run nor the runs of a series", () => {
  const other = { id: "s2", symbol: "WAVE", name: null };
  const runs = [run("c", 3), run("b", 2, { priceSeries: other }), run("a", 1)];
  expect(idsOf(withoutDeleted(runs, new Set()))).toEqual(["c", "b", "a"]);
  expect(idsOf(withoutDeleted(runs, new Set(["a", "s2"])))).toEqual(["c"]);
});

test("only so many changes are remembered, the newest", () => {
  const many = Array.from({ length: 600 }, (_, i) => run(String(i), i));
  const remembered = rememberChanges(new Map(), many);
  expect(remembered.size).toBe(500);
  expect(remembered.has("599")).toBe(true);
  expect(remembered.has("0")).toBe(false);
});

test("a place in the queue is the fetched one, and is asked for again when the queue moves", () => {
  const waiting = (id: string, minute: number, queuePosition: number) =>
    run(id, minute, { status: "QUEUED", queuePosition });
  const told = changesOf(waiting("c", 3, 3));
  const before = applyChanges([waiting("c", 3, 2), waiting("b", 2, 1), run("a", 1)], told, noFilter);
  expect(before.map(({ queuePosition }) => queuePosition)).toEqual([2, 1, null]);
  const moved = applyChanges(before, changesOf(run("b", 2, { status: "RUNNING" })), noFilter);
  expect(queueOf(moved)).not.toBe(queueOf(before));
  expect(queueOf(applyChanges(before, changesOf(run("a", 1, { epoch: 9 })), noFilter))).toBe(queueOf(before));
  expect(queueOf([run("a", 1), run("d", 0, { status: "FAILED" })])).toBe("");
});

test("an experiment's list takes up its own runs alone", () => {
  const experiment = { id: "e1", name: "Careful", plan: "SEEDS" as const };
  const told = changesOf(
    run("b", 2, { experiment }),
    run("c", 3, { experiment: { ...experiment, id: "e2" } }),
    run("d", 4),
  );
  expect(idsOf(applyChanges([], told, { ...noFilter, experimentId: "e1" }))).toEqual(["b"]);
});
