/** A GPU that goes away: whoever waits for it hears so at once, and the next model finds it again or learns why not. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, describe, expect, test } from "vitest";
import { DeviceLost, EngineUnavailable, type ModelShape } from "../../server/engine/engine.ts";
import { WebGpuEngine } from "../../server/engine/webgpu/engine.ts";
import { Gpu } from "../../server/engine/webgpu/gpu.ts";
import type { WebGpuModel } from "../../server/engine/webgpu/model.ts";
import { findTestGpu, noTestGpu, submitOf } from "../support/test-gpu.ts";
import { randomWindows } from "./support.ts";

const found = await findTestGpu();
const open = () => Gpu.open({ allowSoftware: true });
const shape: ModelShape = {
  features: 1,
  window: 5,
  horizon: 1,
  layers: [{ units: 2, dropout: 0 }],
  resetAfter: true,
};
const options = { batchSize: 6, learningRate: 0.01, seed: 5 };
const few = randomWindows(shape, 9, 1);
const many = randomWindows(shape, 3000, 1);

const engines: WebGpuEngine[] = [];
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.dispose();
});

async function givenEngine(reopen = open) {
  const card = await open();
  const engine = new WebGpuEngine(card, reopen);
  engines.push(engine);
  return { card, engine };
}

/** Each ends with a submit of its own that fetches the answer. */
const calls: readonly [string, submit: number, (model: WebGpuModel) => Promise<unknown>][] = [
  ["trains", 3, (model) => model.trainEpoch(many, 1)],
  ["brings an epoch's losses back", 2, (model) => model.trainEpoch(few, 1, undefined, AbortSignal.abort())],
  ["predicts", 1, (model) => model.predict(few)],
  ["brings predictions back", 2, (model) => model.predict(few)],
  ["brings weights back", 1, (model) => model.snapshot()],
];

describe.runIf(found)(found ? "a lost GPU" : `a lost GPU, ${noTestGpu}`, () => {
  test.each(calls)(
    "that is destroyed while it %s rejects at once, and so does all that comes after",
    async (_, submit, use) => {
      const { card, engine } = await givenEngine();
      const model = await engine.createModel(shape, options);
      const submitted = submitOf(card.device.queue, submit);
      const answer = use(model);
      await submitted;
      card.device.destroy();
      await expect(answer).rejects.toThrow(DeviceLost);
      await expect(model.snapshot()).rejects.toThrow(/was lost/);
      await expect(model.trainEpoch(many, 1)).rejects.toThrow(DeviceLost);
      await expect(model.predict(few)).rejects.toThrow(DeviceLost);
      await model.dispose();
    },
  );

  test("that is destroyed while a model is made for it rejects", async () => {
    const { card, engine } = await givenEngine();
    const model = engine.createModel(shape, options);
    card.device.destroy();
    await expect(model).rejects.toThrow(DeviceLost);
  });

  test("is opened again for the next model, which goes on from a snapshot to the same bits", async () => {
    const { card, engine } = await givenEngine();
    const undisturbed = await engine.createModel(shape, options);
    await undisturbed.trainEpoch(few, 1);
    const state = await undisturbed.snapshot();
    const expected = [await undisturbed.trainEpoch(few, 2), await undisturbed.snapshot()];
    card.device.destroy();
    await card.device.lost;
    const next = await engine.createModel(shape, options);
    await next.restore(state);
    expect([await next.trainEpoch(few, 2), await next.snapshot()]).toEqual(expected);
  });

  test("that stays away makes the engine unavailable, for both reasons", async () => {
    const { card, engine } = await givenEngine(() =>
      Promise.reject(new EngineUnavailable("Dawn found no GPU")),
    );
    card.device.destroy();
    await card.device.lost;
    const refused = engine.createModel(shape, options);
    await expect(refused).rejects.toThrow(EngineUnavailable);
    await expect(refused).rejects.toThrow(/^the GPU \(.+\) was lost and stays away: Dawn found no GPU$/);
  });
});

describe.runIf(found)(found ? "a GPU at work" : `a GPU at work, ${noTestGpu}`, () => {
  test("keeps nothing of what it was once waited for", async () => {
    const { card } = await givenEngine();
    const answer = new WeakRef(await card.settled(Promise.resolve({ bytes: new ArrayBuffer(8) })));
    await collectGarbage();
    expect(answer.deref()).toBeUndefined();
  });
});

async function collectGarbage(): Promise<void> {
  setFlagsFromString("--expose-gc");
  // A WeakRef holds until the turn that made it ends.
  await new Promise(setImmediate);
  runInNewContext("gc")();
}
