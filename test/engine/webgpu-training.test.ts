/** How models on the GPU behave in training: interrupted, resumed, diverging, cut into slices and in company. */
import { afterAll, describe, expect, test } from "vitest";
import { type EpochProgress, ShapeUnsupported } from "../../server/engine/engine.ts";
import { loadDawn } from "../../server/engine/webgpu/dawn.ts";
import { WebGpuEngine } from "../../server/engine/webgpu/engine.ts";
import { Gpu } from "../../server/engine/webgpu/gpu.ts";
import { WebGpuModels } from "../../server/engine/webgpu/models.ts";
import { findTestGpu, noTestGpu, submitOf } from "../support/test-gpu.ts";
import {
  contractBatches,
  contractOptions,
  contractShape,
  contractWindows,
  describeEngine,
} from "./describe-engine.ts";
import { randomWindows } from "./support.ts";

const open = () => Gpu.open({ allowSoftware: true });
const gpu = (await findTestGpu()) ? await open() : null;
const engine = gpu && new WebGpuEngine(gpu, open);
afterAll(() => engine?.dispose());

const [shape, options, windows, batches] = [contractShape, contractOptions, contractWindows, contractBatches];

describe.runIf(engine)(noTestGpu, () => describeEngine("WEBGPU", () => engine!));

describe.runIf(engine)(engine ? `training on ${engine.device}` : `training on a GPU, ${noTestGpu}`, () => {
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
    expect(left).toMatchObject({ nextBatch: 0, lossSum: 0, windows: 0, finished: false });
    expect(await model.snapshot()).toEqual(before);
    expect(await model.trainEpoch(many, 1, left)).toEqual(expected);
    expect(await model.snapshot()).toEqual(await whole.snapshot());
    await whole.dispose();
    await model.dispose();
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
    expect(gradient!.lossSum).toBeCloseTo(expected.lossSum, 5);
    for (const [i, value] of gradient!.gradient.entries())
      expect(value).toBeCloseTo(expected.gradient[i]!, 6);
    const [progress] = await sliced.trainEpoch(windows, 1);
    expect(progress).toMatchObject({ nextBatch: batches, windows: 32, finished: true });
    expect((progress as EpochProgress).lossSum).toBeCloseTo((await whole.trainEpoch(windows, 1)).lossSum, 3);
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

  test("a software adapter is named as one, and refused unless it was asked for", async () => {
    if (!/software/.test(gpu!.name)) return;
    await expect(Gpu.open()).rejects.toThrow(/only a software adapter was found \(.+\)/);
  });
});

function limitsOf({ limits }: Gpu) {
  const { maxBufferSize, maxComputeWorkgroupsPerDimension, maxComputeWorkgroupStorageSize } = limits;
  return { maxBufferSize, maxComputeWorkgroupsPerDimension, maxComputeWorkgroupStorageSize };
}
