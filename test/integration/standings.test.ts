/** What is said of many runs at once. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { createExperimentStore } from "../../server/db/experiment-store.ts";
import { type Backend, givenRun, givenSeries, openTestBackend } from "../support/backend.ts";
import { forecasterRows } from "../support/empty-judgement.ts";

let backend: Backend & { drop(): Promise<void> };
beforeAll(async () => {
  backend = await openTestBackend();
});
afterAll(() => backend.drop());

/** A run that succeeded, with this skill on its test. */
async function givenScored(seriesId: string, skill: number, experimentId: string | null = null) {
  const { id } = await givenRun(backend, { seriesId, experimentId });
  const scores = { mae: 1 - skill, rmse: 1, mape: null, mase: null, directionalAccuracy: null };
  const naive = { ...scores, mae: 1 };
  await backend.transaction(async (tx) => {
    await backend.runs.recordScores(
      tx,
      id,
      forecasterRows({ split: "TEST", step: null, count: 9, skill, model: scores, naive }),
    );
    await backend.runs.setStatus(tx, id, "RUNNING");
    await backend.runs.setStatus(tx, id, "SUCCEEDED", { finishedAt: new Date() });
  });
  return id;
}

test("a series is led by its run with the highest skill, beside the mean and spread of that run's experiment", async () => {
  const { id: experimentId } = await backend.transaction((tx) =>
    createExperimentStore(backend.prisma).create(tx, {
      ...{ name: "seeds", plan: "SEEDS", idempotencyKey: null, requestHash: null },
    }),
  );
  const [lone, many] = [await givenSeries(backend), await givenSeries(backend)];
  await givenScored(many, 0.01);
  await givenScored(many, 0.02, experimentId);
  const best = await givenScored(many, 0.06, experimentId);
  const only = await givenScored(lone, -0.5);
  const [first, second, ...others] = await backend.runs.seriesLeaders(9);
  expect(others).toEqual([]);
  expect(first).toMatchObject({ seriesId: lone, runId: only, skill: -0.5, count: 1, skillDeviation: null });
  expect(second).toMatchObject({ seriesId: many, runId: best, skill: 0.06, count: 2 });
  expect(second!.skillMean).toBeCloseTo(0.04);
  expect(second!.skillDeviation).toBeCloseTo(Math.sqrt(2 * 0.02 ** 2));
  expect(await backend.runs.seriesLeaders(1)).toHaveLength(1);
});

test("an archived run leads no series", async () => {
  const seriesId = await givenSeries(backend);
  const shown = await givenScored(seriesId, 0.02);
  const archived = await givenScored(seriesId, 0.06);
  await backend.prisma.run.update({ where: { id: archived }, data: { archivedAt: new Date() } });
  const leaders = await backend.runs.seriesLeaders(9);
  expect(leaders.find((leader) => leader.seriesId === seriesId)?.runId).toBe(shown);
});

test("the other runs of a sweep are other recipes: they say nothing of the luck of the best one", async () => {
  const { id: experimentId } = await backend.transaction((tx) =>
    createExperimentStore(backend.prisma).create(tx, {
      ...{ name: "rates", plan: "SWEEP", idempotencyKey: null, requestHash: null },
    }),
  );
  const seriesId = await givenSeries(backend);
  await givenScored(seriesId, -0.9, experimentId);
  const best = await givenScored(seriesId, 0.03, experimentId);
  const leaders = await backend.runs.seriesLeaders(9);
  expect(leaders.find((leader) => leader.seriesId === seriesId)).toMatchObject({
    ...{ runId: best, count: 1, skillMean: 0.03, skillDeviation: null },
  });
});

test("a day's figures count those that ended since, how many of them beat the naive forecast, and all that wait or train", async () => {
  const seriesId = await givenSeries(backend);
  const since = new Date();
  await givenRun(backend, { seriesId });
  await givenScored(seriesId, 0.1);
  await givenScored(seriesId, -0.1);
  const before = await backend.runs.figures(new Date(0));
  // Years that PostgreSQL does not know.
  expect(await backend.runs.figures(new Date("-000001-01-01T00:00:00Z"))).toEqual(before);
  expect(await backend.runs.figures(new Date(8.64e15))).toMatchObject({ succeeded: 0 });
  expect(before.succeeded).toBeGreaterThan(2);
  expect(await backend.runs.figures(since)).toEqual({
    ...{ running: 0, waiting: 1, succeeded: 2, failed: 0, cancelled: 0, beatNaive: 1 },
  });
});
