/** How models on the GPU behave in training: interrupted, resumed, diverging, cut into slices and in company. */
import { afterAll, describe, expect, test } from "vitest";
import {
  Diverged,
  type EpochProgress,
  type ModelShape,
  ShapeUnsupported,
} from "../../server/engine/engine.ts";
import { epochOrder } from "../../server/engine/randomness.ts";
import { loadDawn } from "../../server/engine/webgpu/dawn.ts";
import { WebGpuEngine } from "../../server/engine/webgpu/engine.ts";
import { Gpu } from "../../server/engine/webgpu/gpu.ts";
import { WebGpuModels } from "../../server/engine/webgpu/models.ts";
import { findTestGpu, noTestGpu, submitOf } from "../support/test-gpu.ts";
import { randomWindows } from "./support.ts";

const open = () => Gpu.open({ allowSoftware: true });
const gpu = (await findTestGpu()) ? await open() : null;
const engine = gpu && new WebGpuEngine(gpu, open);
afterAll(() => engine?.dispose());

// One shape for all: a software adapter takes seconds to compile each new one.
const shape: ModelShape = {
  features: 2,
  window: 5,
  horizon: 2,
  layers: [
    { units: 6, dropout: 0.2 },
    { units: 5, dropout: 0.3 },
  ],
  resetAfter: true,
};
const options = { batchSize: 6, learningRate: 0.01, seed: 5 };
const windows = randomWindows(shape, 32, 1);
const batches = Math.ceil(32 / options.batchSize);

/** Trains one batch: an aborted signal stops after the batch in hand. */
const oneBatch = AbortSignal.abort();

describe.runIf(engine)(engine ? `training on ${engine.device}` : `training on a GPU, ${noTestGpu}`, () => {
  test("the same seed gives the same losses and weights to the last bit, another seed does not", async () => {
    const train = async (seed: number) => {
      const model = await engine!.createModel(shape, { ...options, seed });
      const { squaredError } = await model.trainEpoch(windows, 1);
      return { squaredError, weights: (await model.snapshot()).weights };
    };
    const first = await train(5);
    expect(await train(5)).toEqual(first);
    expect((await train(6)).squaredError).not.toBe(first.squaredError);
  });

  test("an epoch interrupted after any batch goes on from a snapshot, in another model, to the same bits", async () => {
    const whole = await engine!.createModel(shape, options);
    const expected = await whole.trainEpoch(windows, 1);
    let model = await engine!.createModel(shape, options);
    let progress: EpochProgress | undefined;
    for (let batch = 1; batch <= batches; batch++) {
      progress = await model.trainEpoch(windows, 1, progress, oneBatch);
      expect(progress).toMatchObject({ nextBatch: batch, finished: batch === batches });
      const state = await model.snapshot();
      await model.dispose();
      model = await engine!.createModel(shape, { ...options });
      await model.restore(state);
    }
    expect(progress).toEqual(expected);
    expect(await model.snapshot()).toEqual(await whole.snapshot());
  });

  test("a signal in mid-epoch stops it after the work in hand", async () => {
    const model = await engine!.createModel(shape, options);
    const many = randomWindows(shape, 6000, 1);
    const stop = new AbortController();
    // The first batch is handed over dispatch by dispatch, later ones several at a time.
    const inMidEpoch = submitOf(gpu!.device.queue, 20);
    const training = model.trainEpoch(many, 1, undefined, stop.signal);
    await inMidEpoch;
    stop.abort();
    const progress = await training;
    expect(progress.finished).toBe(false);
    expect(progress.windows).toBe(progress.nextBatch * options.batchSize);
    expect((await model.snapshot()).step).toBe(progress.nextBatch);
    expect(progress.nextBatch).toBeGreaterThan(2);
    await model.dispose();
  });

  test("who leaves is answered within a batch, and what was begun of it counts for nothing", async () => {
    const many = randomWindows(shape, 600, 1);
    const large = { ...options, batchSize: 300 };
    const whole = await engine!.createModel(shape, large);
    const expected = await whole.trainEpoch(many, 1);
    const model = await engine!.createModel(shape, large);
    const before = await model.snapshot();
    const stop = new AbortController();
    const inFirstBatch = submitOf(gpu!.device.queue, 1);
    const training = model.trainEpoch(many, 1, undefined, undefined, stop.signal);
    await inFirstBatch;
    stop.abort();
    const left = await training;
    expect(left).toMatchObject({ nextBatch: 0, squaredError: 0, windows: 0, finished: false });
    expect(await model.snapshot()).toEqual(before);
    expect(await model.trainEpoch(many, 1, left)).toEqual(expected);
    expect(await model.snapshot()).toEqual(await whole.snapshot());
    await whole.dispose();
    await model.dispose();
  });

  test("a loss that is not finite is told with its epoch and batch, and the weights stay as they were before", async () => {
    const order = epochOrder(options.seed, 3, windows.starts.length);
    const badBatch = 2;
    const targets = windows.targets.slice();
    targets[order[badBatch * options.batchSize]! * shape.horizon] = 1e30;
    const model = await engine!.createModel(shape, options);
    const diverged = await model.trainEpoch({ ...windows, targets }, 3).catch((reason: unknown) => reason);
    expect(diverged).toBeInstanceOf(Diverged);
    expect(diverged).toMatchObject({ epoch: 3, batch: badBatch });

    const healthy = await engine!.createModel(shape, options);
    let progress: EpochProgress | undefined;
    for (let batch = 0; batch < badBatch; batch++)
      progress = await healthy.trainEpoch(windows, 3, progress, oneBatch);
    const state = await healthy.snapshot();
    expect(await model.snapshot()).toEqual(state);

    await model.restore(state);
    expect(await model.trainEpoch(windows, 3, progress)).toMatchObject({ finished: true });
  });

  test("clipping and weight decay change what they should", async () => {
    const weightsWith = async (more: object) => {
      const model = await engine!.createModel(shape, { ...options, ...more });
      await model.trainEpoch(windows, 1, undefined, oneBatch);
      return model.snapshot();
    };
    const plain = await weightsWith({});
    const clipped = await weightsWith({ clipNorm: 1e-3 });
    const norm = Math.hypot(...clipped.firstMoment);
    expect(norm).toBeCloseTo(1e-4, 8); // the first moment is a tenth of the clipped gradient
    expect(Math.hypot(...plain.firstMoment)).toBeGreaterThan(10 * norm);

    const fresh = await (await engine!.createModel(shape, options)).snapshot();
    const decayed = await weightsWith({ weightDecay: 2 });
    for (const [i, weight] of decayed.weights.entries())
      expect(weight).toBeCloseTo(plain.weights[i]! - 0.01 * 2 * fresh.weights[i]!, 6);
  });

  test("dropout silences the share of units that it should, and others in each batch", async () => {
    const model = await engine!.createModel(shape, { ...options, batchSize: 1 });
    const { units } = shape.layers.at(-1)!;
    let silent = 0;
    const patterns = new Set<string>();
    for (let batch = 0; batch < windows.starts.length; batch++) {
      const { gradient } = await model.gradient(windows, 1, batch);
      // A dropped unit of the last layer leaves the head's weights without a gradient.
      const head = gradient.subarray(gradient.length - (units + 1) * shape.horizon, -shape.horizon);
      const dropped = Array.from({ length: units }, (_, unit) => head[unit * shape.horizon] === 0);
      silent += dropped.filter(Boolean).length;
      patterns.add(dropped.join());
    }
    // 160 draws at 0.3: a standard deviation is 0.036.
    expect(silent / (units * windows.starts.length)).toBeGreaterThan(0.19);
    expect(silent / (units * windows.starts.length)).toBeLessThan(0.41);
    expect(patterns.size).toBeGreaterThan(10);
  });

  test("a batch that does not fit is cut into slices, and their gradients add up to the whole batch's", async () => {
    const whole = await engine!.createModel(shape, options);
    // The gates of two windows take 5 steps x 2 windows x 24 numbers x 4 bytes; those of four would not fit.
    const limits = { ...limitsOf(gpu!), maxStorageBufferBindingSize: 1600 };
    const sliced = await WebGpuModels.create(gpu!, shape, [options], limits);
    const [gradient] = await sliced.gradient(windows, 1, 1);
    const expected = await whole.gradient(windows, 1, 1);
    expect(gradient!.squaredError).toBeCloseTo(expected.squaredError, 5);
    for (const [i, value] of gradient!.gradient.entries())
      expect(value).toBeCloseTo(expected.gradient[i]!, 6);
    const [progress] = await sliced.trainEpoch(windows, 1);
    expect(progress).toMatchObject({ nextBatch: batches, windows: 32, finished: true });
    expect((progress as EpochProgress).squaredError).toBeCloseTo(
      (await whole.trainEpoch(windows, 1)).squaredError,
      3,
    );
    const [predictions] = await sliced.predict(windows);
    for (const [i, value] of (await whole.predict(windows)).entries())
      expect(predictions![i]).toBeCloseTo(value, 3);
    await sliced.dispose();
  });

  test("models that train together each give what they give alone, and one that diverges leaves the others be", async () => {
    // Eight, so that a workgroup carries two windows; alone it carries one.
    const each = Array.from({ length: 8 }, (_, i) => ({
      ...options,
      seed: i,
      learningRate: 0.002 * (1 + i),
    }));
    const together = await engine!.createModels(shape, each);
    const outcomes = await together.trainEpoch(windows, 1);
    const [states, predictions] = [await together.snapshot(), await together.predict(windows)];
    for (const index of [0, 1, 7]) {
      const alone = await engine!.createModel(shape, each[index]!);
      expect(outcomes[index]).toEqual(await alone.trainEpoch(windows, 1));
      expect(states[index]).toEqual(await alone.snapshot());
      expect(predictions[index]).toEqual(await alone.predict(windows));
    }
    // A model with weights near float32's end cannot have a finite loss.
    const broken = { ...states[0]!, weights: states[0]!.weights.map((weight) => weight * 1e30) };
    await together.restore([broken, ...states.slice(1)]);
    const second = await together.trainEpoch(windows, 2);
    expect(second[0]).toMatchObject({ epoch: 2, batch: 0 });
    const alone = await engine!.createModel(shape, each[1]!);
    await alone.restore(states[1]!);
    expect(second[1]).toEqual(await alone.trainEpoch(windows, 2));
    expect((await together.snapshot())[0]).toEqual(broken);
    together.dispose();
  });

  test("the device is opened with the largest buffers that its adapter offers", async () => {
    const adapter = await (await loadDawn()).requestAdapter({ powerPreference: "high-performance" });
    for (const limit of ["maxBufferSize", "maxStorageBufferBindingSize"] as const)
      expect(gpu!.limits[limit], limit).toBe(adapter!.limits[limit]);
  });

  test("rows that the device cannot bind are refused with both sizes", async () => {
    const model = await engine!.createModel(shape, options);
    const wholeRows =
      shape.features * Math.ceil(gpu!.limits.maxStorageBufferBindingSize / 4 / shape.features);
    const tooMany = { ...windows, rows: new Float32Array(wholeRows + shape.features) };
    await expect(model.trainEpoch(tooMany, 1)).rejects.toThrow(ShapeUnsupported);
    await expect(model.trainEpoch(tooMany, 1)).rejects.toThrow(/rows take \d+ bytes.*at most \d+/);
  });

  test("a shape out of range is refused, and so are options that are no numbers", async () => {
    const wide = { ...shape, layers: [{ units: 513, dropout: 0 }] };
    await expect(engine!.createModel(wide, options)).rejects.toThrow(ShapeUnsupported);
    await expect(engine!.createModel(shape, { ...options, learningRate: Number.NaN })).rejects.toThrow(
      RangeError,
    );
  });

  test("a software adapter is named as one, and refused unless it was asked for", async () => {
    if (!/software/.test(gpu!.name)) return;
    await expect(Gpu.open()).rejects.toThrow(/only a software adapter was found \(.+\)/);
  });
});

function limitsOf({ limits }: Gpu) {
  const { maxBufferSize, maxComputeWorkgroupsPerDimension, maxComputeWorkgroupStorageSize } = limits;
  return { maxBufferSize, maxComputeWorkgroupsPerDimension, maxComputeWorkgroupStorageSize };
}
