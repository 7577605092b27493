/** A stopped training goes on from its checkpoint on the real engine, through the bytes that the store keeps. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Engine } from "../../server/engine/engine.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../../server/forecasting/checkpoint.ts";
import { train } from "../../server/forecasting/train.ts";
import type { Checkpoint, TrainingReport, TrainOptions } from "../../server/forecasting/training.ts";
import { fastest, loadEngine, probeEngines } from "../../server/machine/catalogue.ts";
import { parseTrainingConfig } from "../../server/recipe/parse-request.ts";
import { seriesFacts } from "../../server/recipe/series-facts.ts";
import { barsOf, walk } from "../support/series.ts";

const bars = barsOf(walk(400));
const { config } = parseTrainingConfig(
  {
    window: 20,
    horizon: 2,
    features: ["CLOSE", "VOLUME"],
    layers: [
      { units: 24, dropout: 0.2 },
      { units: 17, dropout: 0.3 },
    ],
    testBars: 50,
    epochs: 3,
    batchSize: 16,
  },
  seriesFacts(bars),
);

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine(fastest(await probeEngines())!.engine);
});
afterAll(() => engine.dispose());

async function reportsOf(options: TrainOptions = {}, on = engine): Promise<TrainingReport[]> {
  const reports: TrainingReport[] = [];
  for await (const report of train(on, config, bars, options)) reports.push(report);
  return reports;
}

/** The result and the losses, to the last bit. */
const outcome = (reports: readonly TrainingReport[]) =>
  JSON.stringify(
    reports.flatMap((report): unknown[] => {
      if (report.kind === "result") return [report];
      return report.kind === "epoch" ? [[report.epoch, report.trainLoss, report.validationLoss]] : [];
    }),
  );

/** Stops at the first batch that ends `ms` after the second epoch began, as a cancel does; null when it was over by then. */
async function stoppedAfter(
  ms: number,
): Promise<{ before: TrainingReport[]; checkpoint: Checkpoint } | null> {
  const cancel = new AbortController();
  const before = await reportsOf(
    { signal: cancel.signal },
    inSecondEpoch(ms, () => cancel.abort()),
  );
  const last = before.pop()!;
  return last.kind === "interrupted" ? { before, checkpoint: last.checkpoint } : null;
}

/** The engine, which calls `act` while the second epoch trains. */
const inSecondEpoch = (ms: number, act: () => void): Engine => ({
  name: engine.name,
  device: engine.device,
  createModels: (shape, options) => engine.createModels(shape, options),
  dispose: () => engine.dispose(),
  async createModel(shape, options) {
    const model = await engine.createModel(shape, options);
    return {
      trainEpoch(windows, epoch, from, pause, leave) {
        if (epoch === 2) setTimeout(act, ms);
        return model.trainEpoch(windows, epoch, from, pause, leave);
      },
      predict: (windows, leave) => model.predict(windows, leave),
      setLearningRate: (rate) => model.setLearningRate(rate),
      snapshot: () => model.snapshot(),
      restore: (state) => model.restore(state),
      dispose: () => model.dispose(),
    };
  },
});

test("a training that was stopped within an epoch ends with the same bits as one that never stopped", async () => {
  const undisturbed = outcome(await reportsOf());
  let stopsWithinAnEpoch = 0;
  for (const ms of [0, 1, 2, 3, 5, 8, 13, 21]) {
    const stopped = await stoppedAfter(ms);
    if (!stopped) continue;
    if (stopped.checkpoint.progress.nextBatch > 0) stopsWithinAnEpoch++;
    const resumeFrom = decodeCheckpoint(encodeCheckpoint(stopped.checkpoint));
    const after = await reportsOf({ resumeFrom });
    expect(outcome([...stopped.before, ...after]), `stopped after ${ms} ms`).toBe(undisturbed);
  }
  expect(stopsWithinAnEpoch).toBeGreaterThan(0);
});

test("the same request trains the same bits again", async () => {
  const once = outcome(await reportsOf());
  expect(outcome(await reportsOf())).toBe(once);
});
