/** A training that no longer improves ends, with its best weights, also when it was interrupted on the way. */
import { expect, test } from "vitest";
import { decodeCheckpoint, encodeCheckpoint } from "../../server/forecasting/checkpoint.ts";
import type { TrainingReport } from "../../server/forecasting/training.ts";
import type { TrainingRequest } from "../../server/recipe/training-config.ts";
import { LinearEngine } from "../support/linear-engine.ts";
import { ofKind, reportsOf, resultOf, timeless } from "../support/train-linear.ts";

/** So large a step makes the losses go up and down. */
const restless: TrainingRequest = { learningRate: 0.2, epochs: 40, earlyStoppingPatience: 3 };
const lossesOf = (reports: readonly TrainingReport[], loss: "trainLoss" | "validationLoss") =>
  ofKind(reports, "epoch").map((report) => report[loss]!);

/** The first epoch after which none of the next `patience` had a lower loss, and the best one until then. */
function expectedStop(losses: readonly number[], patience: number) {
  let best = 1;
  for (let epoch = 1; epoch <= losses.length; epoch++) {
    if (losses[epoch - 1]! < losses[best - 1]!) best = epoch;
    if (epoch - best === patience) return { stop: epoch, best };
  }
  throw new Error("these losses never stop: the request must be another");
}

test.each([
  ["the validation loss", "validationLoss", {}],
  ["the training loss where nothing validates", "trainLoss", { validationBars: 0 }],
] as const)(
  "it stops once %s has not improved for as many epochs as was asked for",
  async (_, loss, request) => {
    const endless = await reportsOf({ ...restless, ...request, earlyStoppingPatience: 0 });
    expect(ofKind(endless, "epoch")).toHaveLength(40);
    expect(resultOf(endless).stoppedEarly).toBeNull();
    const { stop, best } = expectedStop(lossesOf(endless, loss), 3);

    const reports = await reportsOf({ ...restless, ...request });
    expect(lossesOf(reports, loss)).toEqual(lossesOf(endless, loss).slice(0, stop));
    expect(ofKind(reports, "epoch").map(({ epochsLeft }) => epochsLeft)).toEqual([
      ...Array.from({ length: stop - 1 }, (_, index) => 39 - index),
      0,
    ]);
    const words = loss === "trainLoss" ? "training" : "validation";
    expect(resultOf(reports)).toMatchObject({
      bestEpoch: best,
      stoppedEarly: `Stopped early after epoch ${stop} of 40: the ${words} loss has not improved for 3 epochs.`,
    });
    // The best weights are restored: a training that ends with them predicts the same.
    const exact = resultOf(
      await reportsOf({ ...restless, ...request, epochs: best, earlyStoppingPatience: 0 }),
    );
    expect(resultOf(reports).predictions).toEqual(exact.predictions);
  },
);

test("one that improves until its last epoch is not stopped, nor said to be", async () => {
  const reports = await reportsOf({ epochs: 4, earlyStoppingPatience: 1 });
  expect(ofKind(reports, "epoch")).toHaveLength(4);
  expect(resultOf(reports).stoppedEarly).toBeNull();
});

test("one whose patience ends with its last epoch was not stopped early", async () => {
  const { stop } = expectedStop(
    lossesOf(await reportsOf({ ...restless, earlyStoppingPatience: 0 }), "validationLoss"),
    3,
  );
  const reports = await reportsOf({ ...restless, epochs: stop });
  expect(ofKind(reports, "epoch").at(-1)).toMatchObject({ epoch: stop, epochsLeft: 0 });
  expect(resultOf(reports).stoppedEarly).toBeNull();
});

test.each([{}, { validationBars: 0 }])(
  "wherever it is interrupted, it goes on with the same count and stops with the same bits: %j",
  async (more) => {
    const request = { ...restless, ...more };
    const undisturbed = await reportsOf(request);
    const abortAt = async (stopAt: number) => {
      const engine = new LinearEngine();
      const abort = new AbortController();
      let steps = 0;
      const count = () => {
        if (++steps === stopAt) abort.abort();
      };
      engine.beforeBatch = count;
      engine.beforePrediction = count;
      const before = await reportsOf(request, { signal: abort.signal }, engine);
      const last = before.pop()!;
      if (last.kind !== "interrupted") return null;
      const resumeFrom = decodeCheckpoint(encodeCheckpoint(last.checkpoint));
      return [...before, ...(await reportsOf(request, { resumeFrom }))];
    };
    let stops = 0;
    for (let stopAt = 1; ; stopAt++) {
      const reports = await abortAt(stopAt);
      if (reports === null) break;
      expect(timeless(reports), `stopped at step ${stopAt}`).toBe(timeless(undisturbed));
      stops++;
    }
    // Also while it is scored, once it has stopped.
    expect(stops).toBeGreaterThan(6 * ofKind(undisturbed, "epoch").length + 1);
  },
);
