/** A run whose GPU goes away in the middle of it: the worker goes on, on the same card or on another engine. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { RunEvent } from "../../server/domain/run-event.ts";
import { DeviceLost, type Engine, EngineUnavailable } from "../../server/engine/engine.ts";
import { WebGpuEngine } from "../../server/engine/webgpu/engine.ts";
import { Gpu } from "../../server/engine/webgpu/gpu.ts";
import { loadEngine } from "../../server/machine/catalogue.ts";
import type { Run } from "../../server/ports/runs.ts";
import { findTestGpu, noTestGpu } from "../support/test-gpu.ts";
import { openTrainingBackend, startTestWorker, type TrainingBackend, wasmFound } from "../support/worker.ts";

const foundGpu = await findTestGpu();
const card = { ...wasmFound, engine: "WEBGPU", device: "a card", batchMs: 0.1 } as const;
const openCard = () => Gpu.open({ allowSoftware: true });

let backend: TrainingBackend;
const ending: (() => Promise<void>)[] = [];
beforeAll(async () => {
  backend = await openTrainingBackend();
});
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});
afterAll(() => backend.close());

/** Opened cards, newest last: what a test destroys. */
async function givenCards(reopen: () => Promise<Gpu>) {
  const cards = [await openCard()];
  const engine = new WebGpuEngine(cards[0]!, async () => {
    const again = await reopen();
    cards.push(again);
    return again;
  });
  ending.push(() => engine.dispose());
  return { cards, engine };
}

/** The engine, which calls `before` ahead of each epoch and each prediction. */
const watched = (engine: Engine, before: (call: string) => void): Engine => ({
  name: engine.name,
  device: engine.device,
  createModels: (shape, options) => engine.createModels(shape, options),
  dispose: () => engine.dispose(),
  async createModel(shape, options) {
    const model = await engine.createModel(shape, options);
    return {
      trainEpoch(windows, epoch, from, pause, leave) {
        const trained = model.trainEpoch(windows, epoch, from, pause, leave);
        before(`epoch ${epoch}`);
        return trained;
      },
      predict(windows, leave) {
        const predicted = model.predict(windows, leave);
        before("prediction");
        return predicted;
      },
      setLearningRate: (rate) => model.setLearningRate(rate),
      snapshot: () => model.snapshot(),
      restore: (state) => model.restore(state),
      dispose: () => model.dispose(),
    };
  },
});

async function givenWorker(gpu: Engine) {
  const wasm = await loadEngine("WASM");
  const worker = await startTestWorker(backend, {
    engines: [card, wasmFound],
    loadEngine: async (name) => (name === "WEBGPU" ? gpu : wasm),
  });
  ending.push(worker.drain);
}

const epochsIn = (events: readonly RunEvent[]) =>
  events.flatMap(({ body }) => (body.kind === "epoch" ? [body.epoch.epoch] : []));
const warningsIn = (events: readonly RunEvent[]) =>
  events.flatMap(({ body }) => (body.kind === "log" && body.level === "WARNING" ? [body.message] : []));
const stored = async (run: Run) => (await backend.runs.find(run.id))!;
const outcomeOf = async (run: Run) => ({
  losses: (await backend.runs.epochs([run.id]))
    .get(run.id)!
    .map(({ epoch, trainLoss, validationLoss }) => [epoch, trainLoss, validationLoss]),
  predictions: await backend.runs.predictions(run.id, "TEST", 1),
});

describe.runIf(foundGpu)(foundGpu ? "a GPU" : `a GPU, ${noTestGpu}`, () => {
  test.each(["epoch 3", "prediction"])(
    "lost during its %s is opened anew, and the run ends with the same bits as an undisturbed one",
    async (during) => {
      const { cards, engine } = await givenCards(openCard);
      let lose = false;
      await givenWorker(
        watched(engine, (call) => {
          if (lose && call === during) cards[0]!.device.destroy();
        }),
      );
      const undisturbed = await backend.start({ engine: "WEBGPU", epochs: 4 });
      await backend.eventsOf(undisturbed.id);

      lose = true;
      const run = await backend.start({ engine: "WEBGPU", epochs: 4 });
      const events = await backend.eventsOf(run.id);
      expect(cards).toHaveLength(2);
      expect(epochsIn(events)).toEqual([1, 2, 3, 4]);
      const warning = expect.stringMatching(/^WEBGPU lost its device \(.+ was lost: .+\): it is opened anew/);
      expect(warningsIn(events)).toEqual([warning]);
      expect(await stored(run)).toMatchObject({ status: "SUCCEEDED", engine: "WEBGPU", warnings: [warning] });
      expect(await outcomeOf(run)).toEqual(await outcomeOf(undisturbed));
    },
  );

  test("lost for good hands its run over to the next fastest engine, after the last epoch that was told", async () => {
    const { cards, engine } = await givenCards(() =>
      Promise.reject(new EngineUnavailable("it is unplugged")),
    );
    await givenWorker(watched(engine, (call) => call === "epoch 3" && cards[0]!.device.destroy()));
    const run = await backend.start({ engine: "WEBGPU", epochs: 4 });
    const events = await backend.eventsOf(run.id);
    expect(epochsIn(events)).toEqual([1, 2, 3, 4]);
    const warnings = [
      expect.stringMatching(/^WEBGPU lost its device .+: it is opened anew, .+ after epoch 2\.$/),
      expect.stringMatching(/^WEBGPU could not be used .+it is unplugged.+: WASM .+ trains it instead\.$/),
    ];
    expect(warningsIn(events)).toEqual(warnings);
    expect(await stored(run)).toMatchObject({ status: "SUCCEEDED", engine: "WASM", warnings });
  });

  test("lost in each epoch anew is given up for the next fastest engine", async () => {
    const { cards, engine } = await givenCards(openCard);
    await givenWorker(watched(engine, (call) => call !== "prediction" && cards.at(-1)!.device.destroy()));
    const run = await backend.start({ engine: "WEBGPU", epochs: 2 });
    const events = await backend.eventsOf(run.id);
    expect(cards).toHaveLength(3);
    expect(epochsIn(events)).toEqual([1, 2]);
    expect(warningsIn(events)).toContainEqual(
      expect.stringMatching(/^WEBGPU lost its device again and again .+ WASM .+ instead\.$/),
    );
    expect(await stored(run)).toMatchObject({ status: "SUCCEEDED", engine: "WASM" });
  });
});

test("where no engine is left, the run fails with the loss as its reason, and the worker takes the next", async () => {
  const worker = await startTestWorker(backend);
  ending.push(worker.drain);
  worker.engine.beforeBatch = (epoch) => {
    if (epoch === 2) throw new DeviceLost("the card fell off the bus");
  };
  const run = await backend.start();
  const events = await backend.eventsOf(run.id);
  expect(epochsIn(events)).toEqual([1]);
  expect(await stored(run)).toMatchObject({
    status: "FAILED",
    epoch: 1,
    error: { code: "DEVICE_LOST", message: expect.stringContaining("the card fell off the bus") },
  });
  worker.engine.beforeBatch = () => undefined;
  const next = await backend.start();
  await backend.eventsOf(next.id);
  expect(await stored(next)).toMatchObject({ status: "SUCCEEDED" });
});
