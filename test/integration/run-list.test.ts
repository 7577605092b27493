/** Lists of runs are sorted by any column, filtered by what people type, and paged without gap or repetition. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { priceSeriesStore } from "../../server/db/price-series-store.ts";
import { InvalidInput } from "../../server/domain/errors.ts";
import type { Run } from "../../server/ports/runs.ts";
import { parseExpression } from "../../server/recipe/run-columns/parse-expression.ts";
import { runColumnOf, runColumns } from "../../server/recipe/run-columns/run-columns.ts";
import { pinBaseline, unpinBaseline } from "../../server/services/baseline.ts";
import { updateRuns } from "../../server/services/update-runs.ts";
import { type Backend, givenRun, givenSeries, openTestBackend } from "../support/backend.ts";
import { forecasterRows } from "../support/empty-judgement.ts";
import { smallConfig } from "../support/small-config.ts";

let backend: Backend & { drop(): Promise<void> };
let seriesId: string;
const made: Record<string, Run> = {};
const skills: Readonly<Record<string, number | null>> = { a: 0.1, b: null, c: -0.2, d: 0.1, e: null };

beforeAll(async () => {
  backend = await openTestBackend();
  seriesId = await givenSeries(backend);
  const names = Object.keys(skills);
  for (const [at, name] of names.entries())
    made[name] = await givenRun(backend, {
      seriesId,
      name,
      config: {
        ...smallConfig,
        learningRate: 10 ** -at,
        seed: at % 2,
        layers: [{ units: 10 * at + 1, dropout: 0 }],
      },
    });
  for (const [name, skill] of Object.entries(skills)) {
    if (skill === null) continue;
    const scores = { mae: 1 - skill, rmse: 1, mape: null, mase: null, directionalAccuracy: null };
    const rows = forecasterRows({
      ...{ split: "TEST", step: null, count: 10, skill },
      ...{ model: scores, naive: { ...scores, mae: 1 } },
    });
    await backend.transaction((tx) => backend.runs.recordScores(tx, made[name]!.id, rows));
  }
});
afterAll(() => backend.drop());

const filtered = async (expression: string) => {
  const filter = { seriesId, expression: parseExpression("filter.expression", expression) };
  const page = await backend.runs.list({ first: 100 }, filter);
  expect(page.totalCount).toBe(page.items.length);
  return page.items
    .map(({ node }) => node.name)
    .sort()
    .join("");
};

/** Two at a time, as a page that is scrolled asks. */
async function sorted(by: string, descending: boolean): Promise<string> {
  const order = { column: by === "createdAt" ? null : runColumnOf("by", by), descending };
  const names: string[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Awaited<ReturnType<typeof backend.runs.list>> = await backend.runs.list(
      { first: 2, after },
      { seriesId },
      order,
    );
    expect(page.hasPreviousPage).toBe(after !== null);
    names.push(...page.items.map(({ node }) => node.name));
    after = page.items.at(-1)?.cursor ?? null;
    if (!page.hasNextPage) return names.join("");
  }
}

test("pages stay right with ties and missing values, which come last both ways", async () => {
  expect(await sorted("createdAt", true)).toBe("edcba");
  expect(await sorted("createdAt", false)).toBe("abcde");
  expect(await sorted("name", false)).toBe("abcde");
  expect(await sorted("learningRate", false)).toBe("edcba");
  expect(await sorted("seed", true)).toBe("dbeca");
  expect(await sorted("skill", true)).toBe("daceb");
  expect(await sorted("skill", false)).toBe("cadbe");
  expect(await sorted("HAR.mae", false)).toBe("abcde");
});

test("every column can be sorted by, and shown", async () => {
  for (const column of runColumns) {
    const { items } = await backend.runs.list({ first: 100 }, { seriesId }, { column, descending: false });
    expect([column.name, items.length]).toEqual([column.name, 5]);
  }
  const cells = await backend.runs.cells([made.c!.id], runColumns);
  const shown = Object.fromEntries(
    cells.get(made.c!.id)!.map((cell) => [cell.column, cell.number ?? cell.text]),
  );
  expect(shown).toMatchObject({
    ...{ name: "c", status: "QUEUED", learningRate: 0.01, units: 21, layers: 1, shape: "21", skill: -0.2 },
    ...{ archived: "false", note: null, target: smallConfig.target, clipNorm: null, duration: null },
  });
});

test("a cursor of another order is refused", async () => {
  const order = { column: runColumnOf("by", "skill"), descending: true };
  const { items } = await backend.runs.list({ first: 1 }, { seriesId }, order);
  const other = { column: runColumnOf("by", "mae"), descending: true };
  await expect(backend.runs.list({ first: 1, after: items[0]!.cursor }, {}, other)).rejects.toThrow(
    InvalidInput,
  );
});

test("expressions find what they say", async () => {
  expect(await filtered("lr < 1e-1")).toBe("cde");
  expect(await filtered("lr = 0.001")).toBe("d");
  expect(await filtered("seed in (1, 5)")).toBe("bd");
  expect(await filtered("skill > 0 and not (units >= 30)")).toBe("a");
  expect(await filtered("skill > 5%")).toBe("ad");
  expect(await filtered("not skill > 0")).toBe("bce");
  expect(await filtered("skill = none")).toBe("be");
  expect(await filtered('name = "A" or name ~ C')).toBe("ac");
  expect(await filtered("status = queued and status != running")).toBe("abcde");
  expect(await filtered("created > 2020-01-01 and created != 2020-01-01")).toBe("abcde");
  expect(await filtered("created < 2020-01-01")).toBe("");
  expect(await filtered("HAR.mae = none")).toBe("abcde");
  expect(await filtered(`name = "'; drop table run; --"`)).toBe("");
});

test("every column can be filtered by, with and without a value", async () => {
  for (const { name, kind, choices } of runColumns) {
    const value = {
      TEXT: "x",
      TEXTS: "x",
      CHOICE: choices?.[0]?.value ?? "",
      BOOLEAN: "yes",
      TIME: "2020-01-01",
    };
    const word = value[kind as keyof typeof value] ?? "1";
    await filtered(`${name} = ${word} or ${name} != ${word} or ${name} = none`);
  }
});

test("tags, notes, names and the archive are kept, and found", async () => {
  const ids = [made.a!.id, made.b!.id];
  const update = updateRuns(backend);
  await update(ids, { addTags: ["paper", " two words ", "paper"], note: "first\nsecond" });
  const [a] = await update([made.a!.id], { removeTags: ["two words"], addTags: ["alone"], archived: true });
  expect(a).toMatchObject({ tags: ["alone", "paper"], note: "first\nsecond", name: "a" });
  expect(a!.archivedAt).not.toBeNull();
  expect(await filtered("tag = PAPER")).toBe("ab");
  expect(await filtered('tag = "two words"')).toBe("b");
  expect(await filtered("note ~ second and archived = no")).toBe("b");
  const found = async (filter: object) =>
    (await backend.runs.list({ first: 9 }, { seriesId, ...filter })).items
      .map(({ node }) => node.name)
      .join("");
  expect(await found({ search: "alone" })).toBe("a");
  const status = { searchStatus: ["QUEUED"] };
  expect(await found({ search: "alone", ...status })).toBe("edcba");
  expect(await found({ search: "alone", searchStatus: ["FAILED"] })).toBe("a");
  expect(await found({ ...status, archived: true })).toBe("a");
  expect(await found({ searchStatus: ["FAILED"] })).toBe("edcba");
  expect(await found({ tag: "Paper", archived: false })).toBe("b");
  expect(await found({ beatsNaive: true })).toBe("da");
  expect(await backend.runs.tags()).toEqual(["paper", "alone", "two words"]);

  await update([made.a!.id], { archived: false, note: "", removeTags: ["alone", "paper"] });
  expect(await backend.runs.find(made.a!.id)).toMatchObject({ archivedAt: null, note: null, tags: [] });
});

test("what is wrong with a change is told, and nothing is changed", async () => {
  const update = updateRuns(backend);
  const ids = [made.a!.id, made.b!.id];
  await expect(update(ids, { name: "x" })).rejects.toThrow("name them one by one");
  await expect(update(ids, { addTags: ["x".repeat(41)] })).rejects.toThrow("at most 40 characters, got 41");
  await expect(update(ids, { addTags: [" "] })).rejects.toThrow("1..40");
  await expect(update([made.a!.id], { name: " " })).rejects.toThrow("1..200");
  await update([made.b!.id], { addTags: Array.from({ length: 18 }, (_, at) => `t${at}`) });
  await expect(update(ids, { addTags: ["more"] })).rejects.toThrow("at most 20 tags");
  expect((await backend.runs.find(made.a!.id))!.tags).toEqual([]);
});

test("a baseline is what others of the series are compared with, until it is unpinned or deleted", async () => {
  const ports = { ...backend, series: priceSeriesStore(backend) };
  const versus = async (name: string) =>
    (await backend.runs.cells([made[name]!.id], [runColumnOf("column", "vsBaseline")])).get(
      made[name]!.id,
    )![0]!.number;
  await pinBaseline(ports)(made.a!.id);
  expect(await backend.runs.baselines([seriesId])).toEqual(new Map([[seriesId, made.a!.id]]));
  expect(await versus("c")).toBeCloseTo(1 - 1.2 / 0.9, 12);
  expect([await versus("a"), await versus("b")]).toEqual([null, null]);
  await pinBaseline(ports)(made.d!.id);
  expect((await backend.runs.baselines([seriesId])).get(seriesId)).toBe(made.d!.id);
  await unpinBaseline(ports)(seriesId);
  expect((await backend.runs.baselines([seriesId])).size).toBe(0);

  const extra = await givenRun(backend, { seriesId });
  await pinBaseline(ports)(extra.id);
  await backend.transaction((tx) => backend.runs.delete(tx, [extra.id]));
  expect((await backend.runs.baselines([seriesId])).size).toBe(0);
});

test("a small picture of losses has few of them, evenly spaced, the newest included", async () => {
  const { id } = await givenRun(backend);
  const epochs = Array.from({ length: 100 }, (_, at) => ({
    ...{ epoch: at + 1, trainLoss: 9, validationLoss: at < 50 ? null : at + 1 },
    ...{ durationMs: 1, samplesPerSecond: 1 },
  }));
  await backend.transaction(async (tx) => {
    await backend.runs.recordEpochs(tx, id, epochs);
    await backend.runs.update(tx, id, { epoch: 100 });
  });
  expect((await backend.runs.lossCurves([id], 4)).get(id)).toEqual([9, 9, 75, 100]);
  expect((await backend.runs.lossCurves([id], 200)).get(id)).toHaveLength(100);
});
