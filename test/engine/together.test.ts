/** Several models that train together train as each does alone, to the last bit, on every engine. */
import { afterAll, describe, expect, test } from "vitest";
import {
  Diverged,
  type Engine,
  type EpochProgress,
  type ModelShape,
  type ModelState,
  ShapeUnsupported,
  type TrainingOptions,
} from "../../server/engine/engine.ts";
import { WebGpuEngine } from "../../server/engine/webgpu/engine.ts";
import { findTestGpu, noTestGpu } from "../support/test-gpu.ts";
import { enginesUnderTest, randomWindows } from "./support.ts";

const gpu = (await findTestGpu()) ? await WebGpuEngine.open({ allowSoftware: true }) : null;
if (!gpu) process.stderr.write(`WEBGPU is not tested: ${noTestGpu}\n`);
const engines: { name: string; engine: Engine }[] = [
  ...enginesUnderTest.map(({ name, create }) => ({ name, engine: create(1) })),
  ...(gpu ? [{ name: `WEBGPU on ${gpu.device}`, engine: gpu }] : []),
];
afterAll(async () => {
  for (const { engine } of engines) await engine.dispose();
});

const shape: ModelShape = {
  features: 2,
  window: 4,
  horizon: 2,
  layers: [{ units: 5, dropout: 0.3 }],
  resetAfter: true,
};
const each = [
  { batchSize: 6, learningRate: 0.01, seed: 5 },
  { batchSize: 6, learningRate: 0.01, seed: 6 },
  { batchSize: 6, learningRate: 0.002, seed: 5, clipNorm: 0.1, weightDecay: 0.1 },
];
const windows = randomWindows(shape, 32, 1);
const batches = Math.ceil(32 / 6);

/** Nothing finite comes of weights like these. */
const broken = (state: ModelState): ModelState => ({
  ...state,
  weights: state.weights.map((weight) => weight * 1e30),
});

describe.each(engines)("$name", ({ engine }) => {
  test("models of several seeds and rates give each one's own losses, weights and predictions", async () => {
    const together = await engine.createModels(shape, each);
    const progress = [await together.trainEpoch(windows, 1), await together.trainEpoch(windows, 2)];
    const states = await together.snapshot();
    const predictions = await together.predict(windows);
    for (const [index, options] of each.entries()) {
      const alone = await engine.createModel(shape, options);
      for (const epoch of [1, 2])
        expect(await alone.trainEpoch(windows, epoch)).toEqual(progress[epoch - 1]![index]);
      expect(await alone.snapshot()).toEqual(states[index]);
      expect(await alone.predict(windows)).toEqual(predictions[index]);
      await alone.dispose();
    }
    expect(states[0]!.weights).not.toEqual(states[1]!.weights);
    await together.dispose();
  });

  test("models of one loss train as each does alone", async () => {
    const robust = each.map((options): TrainingOptions => ({ ...options, loss: "HUBER" }));
    const together = await engine.createModels(shape, robust);
    const progress = await together.trainEpoch(windows, 1);
    const states = await together.snapshot();
    for (const [index, options] of robust.entries()) {
      const alone = await engine.createModel(shape, options);
      expect(await alone.trainEpoch(windows, 1)).toEqual(progress[index]);
      expect(await alone.snapshot()).toEqual(states[index]);
      await alone.dispose();
    }
    await together.dispose();
  });

  test("each goes on at the learning rate that is set for it", async () => {
    const rates = [0.02, 0.0004, 0.003];
    const together = await engine.createModels(shape, each);
    await together.setLearningRates(rates);
    const progress = await together.trainEpoch(windows, 1);
    const states = await together.snapshot();
    for (const [index, options] of each.entries()) {
      const alone = await engine.createModel(shape, { ...options, learningRate: rates[index]! });
      expect(await alone.trainEpoch(windows, 1)).toEqual(progress[index]);
      expect(await alone.snapshot()).toEqual(states[index]);
      await alone.dispose();
    }
    await expect(together.setLearningRates([0.1])).rejects.toThrow("expected 3 learning rates, got 1");
    await expect(together.setLearningRates([0.1, 0.1, 0])).rejects.toThrow(/at most 1000, got 0/);
    await together.dispose();
  });

  test("an epoch that is interrupted after each batch ends with the same bits", async () => {
    const whole = await engine.createModels(shape, each);
    const expected = await whole.trainEpoch(windows, 1);
    const parts = await engine.createModels(shape, each);
    let progress: readonly (EpochProgress | Diverged)[] | undefined;
    for (let batch = 1; batch <= batches; batch++) {
      progress = await parts.trainEpoch(windows, 1, progress, AbortSignal.abort());
      expect(progress).toMatchObject(each.map(() => ({ nextBatch: batch })));
    }
    expect(progress).toMatchObject(each.map(() => ({ finished: true, windows: 32 })));
    const states = await parts.snapshot();
    expect(states).toEqual(await whole.snapshot());
    const losses = (outcomes: typeof expected) =>
      outcomes.map((outcome) => (outcome instanceof Diverged ? Number.NaN : outcome.lossSum));
    for (const [index, loss] of losses(progress!).entries())
      expect(loss).toBeCloseTo(losses(expected)[index]!, 4);
    await whole.dispose();
    await parts.dispose();
  });

  test("one that diverges says so and rests until it is restored, and the others go on", async () => {
    const together = await engine.createModels(shape, each);
    const fresh = await together.snapshot();
    const bad = broken(fresh[0]!);
    await together.restore([bad, ...fresh.slice(1)]);
    const first = await together.trainEpoch(windows, 1);
    expect(first[0]).toBeInstanceOf(Diverged);
    expect(first[0]).toMatchObject({ epoch: 1, batch: 0 });
    const second = await together.trainEpoch(windows, 2);
    expect(second[0]).toMatchObject({ epoch: 1, batch: 0 });
    expect(second.slice(1)).toMatchObject([{ finished: true }, { finished: true }]);
    const states = await together.snapshot();
    expect(states[0]).toEqual(bad);
    expect(states.map(({ step }) => step)).toEqual([0, 2 * batches, 2 * batches]);
    await together.restore(fresh);
    expect((await together.trainEpoch(windows, 1))[0]).toMatchObject({ finished: true });
    await together.dispose();
  });

  test("models that cannot train together are refused", async () => {
    const refused = (shape: ModelShape, options: typeof each) => engine.createModels(shape, options);
    await expect(refused(shape, [])).rejects.toThrow(RangeError);
    await expect(refused(shape, [each[0]!, { ...each[1]!, batchSize: 7 }])).rejects.toThrow(/6 and 7/);
    const mixed: TrainingOptions[] = [each[0]!, { ...each[1]!, loss: "MAE" }];
    await expect(engine.createModels(shape, mixed)).rejects.toThrow(/one loss, got MSE and MAE/);
    await expect(refused({ ...shape, window: 1 }, each)).rejects.toThrow(ShapeUnsupported);
    const together = await engine.createModels(shape, each);
    await expect(together.restore([])).rejects.toThrow(/expected 3 states, got 0/);
    await together.dispose();
  });
});
