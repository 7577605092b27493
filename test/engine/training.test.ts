/** What a run relies on, whichever engine trains it: the same bits again, stopping, going on, and telling the truth. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { describe, expect, test } from "vitest";
import { epochStart, type ModelShape } from "../../server/engine/engine.ts";
import { standardOptions, standardShape, waveWindows } from "../../server/engine/probe.ts";
import { describeEngine } from "./describe-engine.ts";
import { enginesUnderTest, withModel } from "./support.ts";

const shape: ModelShape = {
  features: 2,
  window: 12,
  horizon: 3,
  layers: [
    { units: 33, dropout: 0.2 },
    { units: 20, dropout: 0.1 },
  ],
  resetAfter: true,
};
const options = { batchSize: 16, learningRate: 0.005, seed: 2 ** 40 + 3, clipNorm: 1, weightDecay: 0.01 };
const windows = waveWindows(shape, 100);

for (const { name, create } of enginesUnderTest) describeEngine(name, () => create(2));

describe.each(enginesUnderTest)("$name", ({ create }) => {
  const trained = (threads: number, epochs: number, variant = shape) =>
    withModel(create(threads), { shape: variant, options }, async (model) => {
      let progress = epochStart;
      for (let epoch = 1; epoch <= epochs; epoch++) progress = await model.trainEpoch(windows, epoch);
      return { progress, state: await model.snapshot(), predictions: await model.predict(windows) };
    });

  test.each([true, false])(
    "one, two and three threads give the same bits (resetAfter %s)",
    async (resetAfter) => {
      const variant = { ...shape, resetAfter };
      const [one, two, three] = [
        await trained(1, 3, variant),
        await trained(2, 3, variant),
        await trained(3, 3, variant),
      ];
      expect(two).toEqual(one);
      expect(three).toEqual(one);
    },
  );

  test("training learns: the loss falls at least tenfold", async () => {
    await withModel(create(2), { shape, options: { ...options, seed: 1 } }, async (model) => {
      const first = await model.trainEpoch(windows, 1);
      let last = first;
      for (let epoch = 2; epoch <= 40; epoch++) last = await model.trainEpoch(windows, epoch);
      expect(last.lossSum * 10).toBeLessThan(first.lossSum);
    });
  });

  test("an abort during an epoch ends it after the batch in hand", async () => {
    await withModel(create(1), { shape: standardShape, options: standardOptions }, async (model) => {
      const many = waveWindows(standardShape, 64 * 100);
      const stop = new AbortController();
      const training = model.trainEpoch(many, 1, epochStart, stop.signal);
      await new Promise((resolve) => setImmediate(resolve));
      stop.abort();
      const progress = await training;
      expect(progress.finished).toBe(false);
      expect(progress.windows).toBe(64 * progress.nextBatch);
      expect(progress.nextBatch).toBeLessThan(100);
    });
  });

  test("any batch of any epoch can be recomputed alone", async () => {
    await withModel(create(2), { shape, options }, async (model) => {
      const before = await model.snapshot();
      const direct = await model.gradient(windows, 5, 3);
      await model.trainEpoch(windows, 1);
      await model.restore(before);
      expect(await model.gradient(windows, 5, 3)).toEqual(direct);
    });
  });

  test("the event loop stays free while a standard epoch trains", async () => {
    await withModel(create(2), { shape: standardShape, options: standardOptions }, async (model) => {
      const epoch = waveWindows(standardShape, 640);
      const delay = monitorEventLoopDelay({ resolution: 5 });
      delay.enable();
      await model.trainEpoch(epoch, 1);
      await model.snapshot();
      delay.disable();
      expect(delay.count).toBeGreaterThan(5);
      // The promise is 50 ms on a machine of its own; other tests share this one.
      expect(delay.percentile(90) / 1e6).toBeLessThan(50);
    });
  });

  test("the largest model that is promised trains within bounded memory", async () => {
    const layers = [{ units: 512, dropout: 0.1 }];
    const large: ModelShape = { features: 32, window: 512, horizon: 60, layers, resetAfter: true };
    const before = process.memoryUsage.rss();
    await withModel(create(2), { shape: large, options: { ...options, batchSize: 4096 } }, async (model) => {
      const { lossSum, gradient } = await model.gradient(waveWindows(large, 33), 1, 0);
      expect(Number.isFinite(lossSum)).toBe(true);
      expect(gradient.every(Number.isFinite)).toBe(true);
    });
    expect(process.memoryUsage.rss() - before).toBeLessThan(600 * 2 ** 20);
  });
});

test("every variant of WebAssembly that this Node knows behaves like the native engine", async () => {
  const results: { name: string; lossSum: number }[] = [];
  for (const { name, create } of enginesUnderTest) {
    await withModel(create(2), { shape, options }, async (model) => {
      const { lossSum } = await model.trainEpoch(windows, 1);
      results.push({ name, lossSum });
      expect(lossSum / results[0]!.lossSum).toBeCloseTo(1, 4);
    });
  }
});
