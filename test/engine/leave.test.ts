/** A training that nobody wants any more is left within a batch, whatever its shape, and what was begun counts for nothing. */
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { type EpochProgress, epochStart, type ModelShape } from "../../server/engine/engine.ts";
import { waveWindows } from "../../server/engine/probe.ts";
import { enginesUnderTest, withModel } from "./support.ts";

/** The largest that is allowed: its batch takes a quarter of an hour. */
const largest: ModelShape = {
  features: 5,
  window: 512,
  horizon: 60,
  layers: Array.from({ length: 4 }, () => ({ units: 512, dropout: 0.1 })),
  resetAfter: true,
};
const largestOptions = { batchSize: 4096, learningRate: 0.001, seed: 7 };

const shape: ModelShape = {
  ...largest,
  features: 2,
  window: 40,
  horizon: 3,
  layers: largest.layers.slice(0, 2),
};
const small = { ...shape, layers: shape.layers.map(({ dropout }) => ({ units: 48, dropout })) };
const smallOptions = { batchSize: 300, learningRate: 0.005, seed: 11, clipNorm: 1, weightDecay: 0.01 };

describe.each(enginesUnderTest)("$name", ({ create }) => {
  test("the largest batch and the largest prediction are left within a second", async () => {
    const windows = waveWindows(largest, 4096);
    await withModel(create(2), { shape: largest, options: largestOptions }, async (model) => {
      const stop = new AbortController();
      const training = model.trainEpoch(windows, 1, epochStart, undefined, stop.signal);
      await sleep(1_000);
      const trainingLeftAt = performance.now();
      stop.abort();
      expect(await training).toEqual(epochStart);
      expect(performance.now() - trainingLeftAt).toBeLessThan(1_000);

      const leave = new AbortController();
      const predicting = model.predict(windows, leave.signal);
      await sleep(300);
      const predictionLeftAt = performance.now();
      leave.abort();
      await predicting;
      expect(performance.now() - predictionLeftAt).toBeLessThan(1_000);
    });
  });

  test("left again and again within batches, it ends with the same bits as undisturbed", async () => {
    const windows = waveWindows(small, 1_000);
    const undisturbed = await withModel(
      create(2),
      { shape: small, options: smallOptions },
      async (model) => ({
        startedAt: performance.now(),
        progress: await model.trainEpoch(windows, 1),
        endedAt: performance.now(),
        state: await model.snapshot(),
        predictions: await model.predict(windows),
      }),
    );
    const epochMs = undisturbed.endedAt - undisturbed.startedAt;
    await withModel(create(2), { shape: small, options: smallOptions }, async (model) => {
      let progress: EpochProgress = epochStart;
      let left = 0;
      for (let turn = 0; !progress.finished && turn < 500; turn++) {
        const stop = new AbortController();
        // Between a part of a batch and two: some turns leave one, some finish one first.
        const timer = setTimeout(() => stop.abort(), (epochMs / 4) * (0.3 + (turn % 7) / 4));
        const before = progress.nextBatch;
        progress = await model.trainEpoch(windows, 1, progress, undefined, stop.signal);
        clearTimeout(timer);
        if (progress.nextBatch === before) left++;
      }
      expect(left).toBeGreaterThan(0);
      expect(progress).toEqual(undisturbed.progress);
      expect(await model.snapshot()).toEqual(undisturbed.state);
      expect(await model.predict(windows)).toEqual(undisturbed.predictions);
    });
  });

  test("who leaves before it began is told at once", async () => {
    const windows = waveWindows(small, 1_000);
    await withModel(create(1), { shape: small, options: smallOptions }, async (model) => {
      const before = await model.snapshot();
      expect(await model.trainEpoch(windows, 1, epochStart, undefined, AbortSignal.abort())).toEqual(
        epochStart,
      );
      expect(await model.snapshot()).toEqual(before);
    });
  });
});
