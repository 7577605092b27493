import { afterAll, beforeAll, expect, test } from "vitest";
import { InvalidInput } from "../../server/domain/errors.ts";
import type { SplitPredictions, SplitScores } from "../../server/domain/results.ts";
import type { Run } from "../../server/ports/runs.ts";
import { type Backend, givenRun, givenSeries, openTestBackend } from "../support/backend.ts";
import { forecasterRows } from "../support/empty-judgement.ts";

let backend: Backend & { drop(): Promise<void> };
beforeAll(async () => {
  backend = await openTestBackend();
});
afterAll(() => backend.drop());

test("runs are listed newest first, in pages without gap or repetition, and by status, series and words", async () => {
  const seriesId = await givenSeries(backend);
  const made: Run[] = [];
  for (const name of ["alpha", "beta", "gamma 100%", "gamma 200", "Delta"]) {
    made.unshift(await givenRun(backend, { seriesId, name }));
  }
  const ids = async (page: { first: number; after?: string }, filter = {}) => {
    const { items, ...rest } = await backend.runs.list(page, { seriesId, ...filter });
    return { ids: items.map(({ node }) => node.id), last: items.at(-1)?.cursor ?? "", ...rest };
  };
  const first = await ids({ first: 2 });
  const second = await ids({ first: 2, after: first.last });
  const third = await ids({ first: 2, after: second.last });
  expect([...first.ids, ...second.ids, ...third.ids]).toEqual(made.map(({ id }) => id));
  expect(first).toMatchObject({ totalCount: 5, hasNextPage: true, hasPreviousPage: false });
  expect(third).toMatchObject({ totalCount: 5, hasNextPage: false, hasPreviousPage: true });

  await backend.transaction((tx) => backend.runs.setStatus(tx, made[1]!.id, "RUNNING"));
  expect((await ids({ first: 9 }, { status: ["RUNNING"] })).ids).toEqual([made[1]!.id]);
  expect((await ids({ first: 9 }, { search: "DELTA" })).ids).toEqual([made[0]!.id]);
  expect((await ids({ first: 9 }, { search: "0%" })).ids).toEqual([made[2]!.id]);
  expect((await ids({ first: 9 }, { search: "%" })).ids).toEqual([made[2]!.id]);
  expect((await ids({ first: 9 }, { seriesId: "none" })).ids).toEqual([]);
  await expect(ids({ first: 2, after: "not a cursor" })).rejects.toThrow(InvalidInput);
  await expect(ids({ first: -1 })).rejects.toThrow(InvalidInput);
});

test("501 runs of the same moment and the longest names come in pages of 500 without gap or repetition", async () => {
  const name = `${"長".repeat(199)}x`;
  const { id } = await givenRun(backend, { name });
  await backend.pool.query(
    `INSERT INTO run (id, name, series_id, series_version_id, config, created_at)
     SELECT gen_random_uuid(), name, series_id, series_version_id, config, created_at
     FROM run, generate_series(1, 500) WHERE id = $1`,
    [id],
  );
  const page = (after?: string) => backend.runs.list({ first: 500, after }, { search: name });
  const first = await page();
  const second = await page(first.items.at(-1)!.cursor);
  const all = [...first.items, ...second.items].map(({ node }) => node);
  expect([first.items.length, second.items.length, first.totalCount]).toEqual([500, 1, 501]);
  expect([first.hasNextPage, second.hasNextPage, second.hasPreviousPage]).toEqual([true, false, true]);
  expect(new Set(all.map(({ id }) => id)).size).toBe(501);
  expect(all.map(({ id }) => id)).toEqual(
    all
      .map(({ id }) => id)
      .sort()
      .reverse(),
  );
  expect(new Set(all.map((run) => run.name))).toEqual(new Set([name]));
});

test("a run cannot leave a final status, nor skip one", async () => {
  const { id } = await givenRun(backend);
  const become = (status: "SUCCEEDED" | "RUNNING" | "QUEUED") =>
    backend.transaction((tx) => backend.runs.setStatus(tx, id, status));
  await expect(become("SUCCEEDED")).rejects.toThrow();
  await become("RUNNING");
  await become("SUCCEEDED");
  await expect(become("RUNNING")).rejects.toThrow();
  await expect(become("QUEUED")).rejects.toThrow();
  expect((await backend.runs.find(id))?.status).toBe("SUCCEEDED");
});

test("epochs, scores and predictions come back as they were stored, and an epoch stored twice is there once", async () => {
  const { id } = await givenRun(backend);
  const scores = { mae: 0.1, rmse: 1 / 3, mape: null, mase: 0.9, directionalAccuracy: null };
  const splits = (["TEST", "TRAIN"] as const).map(
    (split): SplitScores => ({ split, count: 2, model: scores, naive: scores, skill: -0.5 }),
  );
  const steps = [splits[1]!, splits[0]!].flatMap((split) => [
    { ...split, step: 1, skill: 0.1 + 0.2 },
    { ...split, step: 2, model: { ...scores, mase: null } },
  ]);
  const predictions: SplitPredictions = {
    split: "TEST",
    step: 1,
    time: [new Date("2020-01-01T00:00:00.123Z"), new Date("2020-01-02")],
    actual: [1.1, 2.2],
    predicted: [0.1 + 0.2, 1e-300],
    naive: [1, 1.1],
  };
  const epoch = { epoch: 1, trainLoss: 0.5, validationLoss: null, durationMs: 10, samplesPerSecond: 100 };
  await backend.transaction(async (tx) => {
    await backend.runs.recordEpochs(tx, id, [epoch]);
    await backend.runs.recordEpochs(tx, id, [{ ...epoch, trainLoss: 0.25 }]);
    const rows = [...splits.map((all) => ({ ...all, step: null })), ...[...steps].reverse()].flatMap(
      forecasterRows,
    );
    await backend.runs.recordScores(tx, id, rows);
    await backend.runs.recordScores(tx, id, rows);
    await backend.runs.recordPredictions(tx, id, [{ ...predictions, naive: [0, 0] }]);
    await backend.runs.recordPredictions(tx, id, [predictions]);
  });
  // The run has not ended: what is there may be a part.
  expect(await backend.runs.predictions(id, "TEST", 1)).toBeNull();
  await backend.transaction(async (tx) => {
    await backend.runs.setStatus(tx, id, "RUNNING");
    await backend.runs.setStatus(tx, id, "SUCCEEDED");
  });
  expect((await backend.runs.epochs([id, "unknown"])).get(id)).toEqual([{ ...epoch, trainLoss: 0.25 }]);
  // Read back with the p value against the last price.
  const pValue = 0.14;
  expect((await backend.runs.scores([id])).get(id)).toEqual([
    { ...splits[1], pValue },
    { ...splits[0], pValue },
  ]);
  expect((await backend.runs.stepScores([id])).get(id)).toEqual(steps.map((step) => ({ ...step, pValue })));
  const { split: _, step: __, ...columns } = predictions;
  expect(await backend.runs.predictions(id, "TEST", 1)).toEqual({ ...columns, lower: [], upper: [] });
  expect(await backend.runs.predictions(id, "TEST", 2)).toBeNull();
  await backend.transaction((tx) => backend.runs.dropPredictions(tx, id));
  expect(await backend.runs.predictions(id, "TEST", 1)).toBeNull();
});

test("of two that hold a run, the second waits until the first is done", async () => {
  const { id } = await givenRun(backend);
  const order: string[] = [];
  let locked = () => {};
  const isLocked = new Promise<void>((resolve) => {
    locked = resolve;
  });
  const first = backend.transaction(async (tx) => {
    await backend.runs.lock(tx, id);
    locked();
    await backend.runs.setStatus(tx, id, "RUNNING");
    await backend.pool.query("SELECT pg_sleep(0.05)");
    order.push("first");
  });
  await isLocked;
  const second = backend.transaction(async (tx) => {
    const run = await backend.runs.lock(tx, id);
    order.push(`second sees ${run?.status}`);
  });
  await Promise.all([first, second]);
  expect(order).toEqual(["first", "second sees RUNNING"]);
});

test("a damaged checkpoint is passed over for the one before it", async () => {
  const { id } = await givenRun(backend);
  const save = async (epoch: number) => {
    const placed = await backend.checkpoints.place(id, { epoch, state: Uint8Array.of(epoch, 2, 3) });
    await backend.transaction((tx) => backend.checkpoints.save(tx, id, placed));
  };
  expect(await backend.checkpoints.latest(id)).toBeNull();
  for (const epoch of [1, 2, 3]) await save(epoch);
  expect(await backend.checkpoints.latest(id)).toMatchObject({ epoch: 3, state: Uint8Array.of(3, 2, 3) });
  await backend.pool.query(
    "UPDATE run_checkpoint SET state = '\\x00' WHERE slot = 'latest' AND run_id = $1",
    [id],
  );
  expect(await backend.checkpoints.latest(id)).toMatchObject({ epoch: 2 });
  await backend.transaction((tx) => backend.checkpoints.settle(tx, id));
  expect(await backend.prisma.runCheckpoint.count({ where: { runId: id } })).toBe(1);
});

test("what others said, the intervals and how they held come back as they were stored", async () => {
  const { id } = await givenRun(backend);
  const asked = { split: "TEST", step: 1 } as const;
  const predictions: SplitPredictions = {
    ...asked,
    time: [new Date("2020-01-01"), new Date("2020-01-02")],
    actual: [1, 2],
    predicted: [1.5, 2.5],
    naive: [0, 1],
    others: [{ forecaster: "HAR", name: "last 1000 bars", predicted: [3, Number.NaN] }],
    intervals: [
      { level: 0.8, lower: [1, Number.NaN], upper: [2, 3] },
      { level: 0.95, lower: [0, 1], upper: [3, 4] },
    ],
  };
  const coverage = {
    ...asked,
    ...{ level: 0.95, count: 2, covered: 0.5, worstBlock: 0.5, meanWidth: 3, winkler: 7, kupiecPValue: null },
  };
  await backend.transaction(async (tx) => {
    await backend.runs.recordPredictions(tx, id, [predictions]);
    await backend.runs.recordCoverage(tx, id, [coverage]);
    await backend.runs.recordCoverage(tx, id, [coverage]);
    await backend.runs.recordModel(tx, id, Uint8Array.of(1, 2, 3));
    await backend.runs.setStatus(tx, id, "RUNNING");
    const leakTest = { passed: false, checkedCuts: 4, detail: "The scaler of the test changed." };
    await backend.runs.setStatus(tx, id, "SUCCEEDED", { verdict: "Ties.", leakTest, intervalSource: "HAR" });
  });
  const har = { forecaster: "HAR", name: "last 1000 bars" } as const;
  const network = { forecaster: "GRU", name: null } as const;
  expect((await backend.runs.predictions(id, "TEST", 1, har))?.predicted).toEqual([3, Number.NaN]);
  expect(await backend.runs.predictions(id, "TEST", 1)).toMatchObject({ lower: [0, 1], upper: [3, 4] });
  expect(await backend.runs.predictions(id, "TEST", 1, network, 0.8)).toMatchObject({
    lower: [1, Number.NaN],
  });
  expect(await backend.runs.predictions(id, "TEST", 1, { ...har, name: null })).toBeNull();
  expect((await backend.runs.coverage([id])).get(id)).toEqual([coverage]);
  expect(await backend.runs.model(id)).toEqual(Uint8Array.of(1, 2, 3));
  expect(await backend.runs.find(id)).toMatchObject({ verdict: "Ties.", intervalSource: "HAR" });
  expect((await backend.runs.find(id))?.leakTest?.passed).toBe(false);
});

test("a damaged model is never forecast with", async () => {
  const { id } = await givenRun(backend);
  await backend.transaction((tx) => backend.runs.recordModel(tx, id, Uint8Array.of(1)));
  await backend.prisma.$executeRaw`UPDATE trained_model SET model = '\\x02' WHERE run_id = ${id}::uuid`;
  await expect(backend.runs.model(id)).rejects.toThrow("it is damaged");
});

test("rows of a forecaster that only a newer release knows are passed over", async () => {
  const { id } = await givenRun(backend);
  const scores = { mae: 1, rmse: 1, mape: null, mase: null, directionalAccuracy: null };
  const rows = forecasterRows({
    split: "TEST",
    count: 1,
    step: null,
    model: scores,
    naive: scores,
    skill: 0,
  });
  await backend.transaction((tx) => backend.runs.recordScores(tx, id, rows));
  await backend.prisma.$executeRaw`
    UPDATE run_score SET forecaster = 'ORACLE' WHERE run_id = ${id}::uuid AND forecaster = 'LAST_VALUE'`;
  expect((await backend.runs.forecasterScores([id])).get(id)).toEqual([rows[0]]);
});

test("runs that were scored on overlapping tests of one series count for each other", async () => {
  const first = await givenRun(backend);
  const ended = async (id: string) =>
    backend.transaction(async (tx) => {
      await backend.runs.setStatus(tx, id, "RUNNING");
      await backend.runs.setStatus(tx, id, "SUCCEEDED");
    });
  expect(await backend.runs.testUses([first.id])).toEqual(new Map());
  await ended(first.id);
  expect((await backend.runs.testUses([first.id])).get(first.id)).toBe(1);
});
