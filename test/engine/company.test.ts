/** Trainings that ask one by one and are computed together end as each does alone, to the last bit. */
import { afterAll, describe, expect, test } from "vitest";
import { CompanyEngine } from "../../server/engine/company/engine.ts";
import {
  type Engine,
  type EngineModel,
  type ModelShape,
  ShapeUnsupported,
  type TrainingOptions,
} from "../../server/engine/engine.ts";
import { WebGpuEngine } from "../../server/engine/webgpu/engine.ts";
import { LinearEngine } from "../support/linear-engine.ts";
import { findTestGpu } from "../support/test-gpu.ts";
import { reportsOf, timeless } from "../support/train-linear.ts";
import { enginesUnderTest, randomWindows } from "./support.ts";

const gpu = (await findTestGpu()) ? await WebGpuEngine.open({ allowSoftware: true }) : null;
const engines: { name: string; engine: Engine }[] = [
  ...enginesUnderTest.map(({ name, create }) => ({ name, engine: create(1) })),
  ...(gpu ? [{ name: `WEBGPU on ${gpu.device}`, engine: gpu }] : []),
];
afterAll(async () => {
  for (const { engine } of engines) await engine.dispose();
});

const shape: ModelShape = {
  ...{ features: 2, window: 4, horizon: 2, resetAfter: true },
  layers: [{ units: 5, dropout: 0.3 }],
};
const optionsOf = (seed: number, learningRate = 0.01): TrainingOptions => ({
  ...{ batchSize: 6, learningRate, seed },
});
const windows = () => randomWindows(shape, 32, 1);
const waits = { newcomersMs: 300, stragglersMs: 60_000 };

/** Counts the models that are computed at once. */
function watched(engine: Engine) {
  const together: number[] = [];
  const watching: Engine = {
    ...{ name: engine.name, device: engine.device },
    createModel: (...given) => engine.createModel(...given),
    async createModels(...given) {
      const models = await engine.createModels(...given);
      const { trainEpoch } = models;
      models.trainEpoch = (...asked) => {
        together.push(given[1].length);
        return trainEpoch.apply(models, asked);
      };
      return models;
    },
    dispose: () => engine.dispose(),
  };
  return { engine: watching, together };
}

async function trained(model: EngineModel, epochs: number) {
  const mine = windows();
  const told: unknown[] = [];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    told.push(await model.trainEpoch(mine, epoch));
    told.push(await model.predict(mine), await model.snapshot());
  }
  return told;
}

describe.each(engines)("$name", ({ engine }) => {
  test("three seeds, one of which ends early and goes on with earlier weights", async () => {
    const { engine: counting, together } = watched(engine);
    const company = new CompanyEngine(counting, waits);
    const models = await Promise.all(
      [0, 1, 2].map((index) => company.createModel(shape, optionsOf(index, 0.01 * (index + 1)))),
    );
    const told = await Promise.all(
      [3, 2, 3].map(async (epochs, index) => {
        const model = models[index]!;
        const fresh = await model.snapshot();
        const mine = await trained(model, epochs);
        await model.restore(fresh);
        mine.push(await model.predict(windows()), await model.snapshot());
        await model.dispose();
        return mine;
      }),
    );
    expect(together).toEqual([3, 3, 2]);
    for (const [index, epochs] of [3, 2, 3].entries()) {
      const alone = await engine.createModel(shape, optionsOf(index, 0.01 * (index + 1)));
      const fresh = await alone.snapshot();
      const expected = await trained(alone, epochs);
      await alone.restore(fresh);
      expected.push(await alone.predict(windows()), await alone.snapshot());
      await alone.dispose();
      expect(told[index]).toEqual(expected);
    }
  });

  test("one whose weights are broken says so, and the others go on", async () => {
    const company = new CompanyEngine(engine, waits);
    const [good, bad] = await Promise.all([1, 2].map((seed) => company.createModel(shape, optionsOf(seed))));
    const state = await bad!.snapshot();
    await bad!.restore({ ...state, weights: state.weights.map((weight) => weight * 1e30) });
    const ends = await Promise.allSettled([trained(good!, 2), trained(bad!, 2)]);
    expect(ends[1]).toMatchObject({ status: "rejected", reason: { epoch: 1, batch: 0 } });
    await bad!.dispose();
    const alone = await engine.createModel(shape, optionsOf(1));
    expect(ends[0]).toMatchObject({ value: await trained(alone, 2) });
    await Promise.all([alone.dispose(), good!.dispose()]);
  });
});

test("whole trainings report the same together as alone, at rates that change by epoch", async () => {
  const seeds = [1, 2, 3];
  const of = (seed: number) => ({ epochs: 6, seed, learningRateSchedule: "COSINE" as const });
  const alone = await Promise.all(seeds.map((seed) => reportsOf(of(seed))));
  const { engine, together } = watched(new LinearEngine());
  const company = new CompanyEngine(engine, waits);
  const told = await Promise.all(seeds.map((seed) => reportsOf(of(seed), {}, company)));
  expect(told.map(timeless)).toEqual(alone.map(timeless));
  expect(together).toEqual([3, 3, 3, 3, 3, 3]);
});

test("one that is told to stop stops at once, also while it waits, and is waited for no more", async () => {
  const company = new CompanyEngine(new LinearEngine(), { newcomersMs: 20, stragglersMs: 600_000 });
  const [one, other] = await Promise.all([1, 2].map((seed) => company.createModel(shape, optionsOf(seed))));
  const stop = new AbortController();
  await Promise.all([one!.trainEpoch(windows(), 1), other!.trainEpoch(windows(), 1)]);
  // The other does not come back for its second epoch: it stores its first.
  const waiting = one!.trainEpoch(windows(), 2, undefined, stop.signal, stop.signal);
  stop.abort();
  expect(await waiting).toMatchObject({ nextBatch: 0, finished: false });
  expect(await other!.trainEpoch(windows(), 2)).toMatchObject({ finished: true });
  await Promise.all([one!.dispose(), other!.dispose()]);
});

test("who comes too late trains alone, and a device that cannot hold all gets fewer at a time", async () => {
  const { engine, together } = watched(new LinearEngine());
  const { createModels } = engine;
  engine.createModels = (given, options) => {
    if (options.length > 2) throw new ShapeUnsupported("no room");
    return createModels(given, options);
  };
  const company = new CompanyEngine(engine, { newcomersMs: 20, stragglersMs: 20 });
  const models = await Promise.all([1, 2, 3].map((seed) => company.createModel(shape, optionsOf(seed))));
  await Promise.all(models.map((model) => model.trainEpoch(windows(), 1)));
  expect(together).toEqual([2, 1]);
  await Promise.all(models.slice(1).map((model) => model.trainEpoch(windows(), 2)));
  await models[0]!.trainEpoch(windows(), 2);
  expect(together.length).toBe(4);
  const alone = await new LinearEngine().createModel(shape, optionsOf(1));
  await alone.trainEpoch(windows(), 1);
  await alone.trainEpoch(windows(), 2);
  expect(await models[0]!.snapshot()).toEqual(await alone.snapshot());
  await Promise.all(models.map((model) => model.dispose()));
});
