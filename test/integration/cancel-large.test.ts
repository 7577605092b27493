/** The largest model that may be asked for, cancelled in the middle of its first batch, on a real engine. */
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { priceFields } from "../../server/domain/price-series.ts";
import type { Engine } from "../../server/engine/engine.ts";
import { NativeEngine } from "../../server/engine/native/native-engine.ts";
import { WasmEngine } from "../../server/engine/wasm/wasm-engine.ts";
import { statusesIn } from "../support/run-events.ts";
import { barsOf, walk } from "../support/series.ts";
import { trainingFixture } from "../support/training-fixture.ts";

const training = trainingFixture();

const engines: [string, () => Engine][] = [
  ["NATIVE", () => new NativeEngine()],
  ["WASM", () => new WasmEngine()],
];

test.each(engines)(
  "a cancel is obeyed within a second, in the middle of a batch of minutes (%s)",
  async (name, open) => {
    let engine: Engine;
    try {
      engine = open();
    } catch (error) {
      return void process.stdout.write(`cancel-large: ${name} is not here: ${(error as Error).message}\n`);
    }
    let begun = () => {};
    const batchBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const watched: Engine = {
      name: engine.name,
      device: engine.device,
      createModels: (...given) => engine.createModels(...given),
      dispose: () => engine.dispose(),
      async createModel(shape, options) {
        const model = await engine.createModel(shape, options);
        const { trainEpoch } = model;
        model.trainEpoch = (...given) => {
          begun();
          return trainEpoch.apply(model, given);
        };
        return model;
      },
    };
    const { backend } = training;
    const identity = { symbol: `LONG ${name}`, name: null, currency: null, timezone: "UTC" };
    const { series } = await backend.series.merge(identity, barsOf(walk(5_500)), { dryRun: false });
    await training.givenWorker({ loadEngine: async () => watched });
    const run = await backend.start({
      priceSeriesId: series!.id,
      window: 512,
      horizon: 60,
      batchSize: 4096,
      features: priceFields.filter((field) => field !== "ADJUSTED_CLOSE"),
      layers: Array.from({ length: 4 }, () => ({ units: 512, dropout: 0 })),
      testBars: 100,
      validationBars: 100,
    });
    await batchBegun;
    await sleep(1_000);
    const cancelledAt = performance.now();
    await backend.cancel(run.id);
    const events = await backend.eventsOf(run.id);
    const tookMs = performance.now() - cancelledAt;
    expect(statusesIn(events)).toEqual(["QUEUED", "RUNNING", "CANCELLED"]);
    // A second to leave the batch, and the state of 7 million weights to store.
    expect(tookMs).toBeLessThan(5_000);
    process.stdout.write(`cancel-large: ${name} was left after ${Math.round(tookMs)} ms\n`);
  },
  120_000,
);
