/** What is stored together: epochs in order, the newest state alone, and nothing after what ends a group. */
import { expect, test } from "vitest";
import type { Checkpoint } from "../../server/forecasting/training.ts";
import {
  mostEpochsAGroup,
  type ReportGroup,
  reportGathering,
  type WorkerReport,
} from "../../server/worker/report-group.ts";
import { emptyJudgement, emptyModel } from "../support/empty-judgement.ts";

const checkpointAt = (epoch: number): Checkpoint => {
  const array = new Float32Array(2).fill(epoch);
  const state = { weights: array, firstMoment: array, secondMoment: array, step: epoch };
  const progress = { nextBatch: 0, lossSum: 0, windows: 0, finished: false };
  return { epoch: epoch + 1, progress, state, elapsedMs: 0, best: null };
};
const measured = { trainLoss: 0.5, validationLoss: null, durationMs: 10, samplesPerSecond: 100 };
const epoch = (number: number): WorkerReport => ({
  kind: "epoch",
  epoch: { epoch: number, ...measured },
  etaMs: 10 * (9 - number),
  checkpoint: checkpointAt(number),
});
const result: WorkerReport = {
  kind: "result",
  bestEpoch: 1,
  predictions: [],
  judgement: emptyJudgement,
  trained: emptyModel,
  warnings: [],
  isConstant: false,
};

const gathered = (...reports: WorkerReport[]) => {
  const { join, isFull } = reportGathering;
  const group = reports.reduce<ReportGroup | null>(join, null)!;
  return { ...group, isFull: isFull(group) };
};

test("epochs keep their order, each with its own time left, and only the newest state is kept", () => {
  expect(gathered(epoch(4), epoch(5), epoch(6))).toEqual({
    epochs: [4, 5, 6].map((number) => ({ epoch: { epoch: number, ...measured }, etaMs: 10 * (9 - number) })),
    checkpoint: checkpointAt(6),
    last: null,
    isFull: false,
  });
});

test("a state within an epoch takes the place of the one before it", () => {
  const within = { ...checkpointAt(4), elapsedMs: 7 };
  expect(gathered(epoch(4), { kind: "checkpoint", checkpoint: within })).toMatchObject({
    epochs: [{ epoch: { epoch: 4 } }],
    checkpoint: within,
    isFull: false,
  });
});

test("the end of a training closes the group of its last epochs", () => {
  expect(gathered(epoch(9), result)).toMatchObject({
    epochs: [{ epoch: { epoch: 9 } }],
    checkpoint: checkpointAt(9),
    last: result,
    isFull: true,
  });
  const stopped: WorkerReport = { kind: "interrupted", checkpoint: { ...checkpointAt(9), elapsedMs: 3 } };
  expect(gathered(epoch(9), stopped)).toMatchObject({
    checkpoint: stopped.checkpoint,
    last: stopped,
    isFull: true,
  });
});

test("what waits for the database is bounded", () => {
  const numbers = Array.from({ length: mostEpochsAGroup }, (_, i) => i + 1);
  expect(gathered(...numbers.map(epoch)).isFull).toBe(true);
  expect(gathered(...numbers.slice(1).map(epoch)).isFull).toBe(false);
});
