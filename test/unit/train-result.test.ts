/** What a training hands over in the end: whose weights, which losses, scores and predictions. */

import { expect, test } from "vitest";
import { lossOf } from "../../server/engine/loss.ts";
import { naiveScales } from "../../server/forecasting/statistics/errors.ts";
import { train } from "../../server/forecasting/train.ts";
import type { TrainingReport } from "../../server/forecasting/training.ts";
import { parseTrainingConfig } from "../../server/recipe/parse-request.ts";
import { seriesFacts } from "../../server/recipe/series-facts.ts";
import type { TrainingRequest } from "../../server/recipe/training-config.ts";
import { LinearEngine } from "../support/linear-engine.ts";
import { barsOf } from "../support/series.ts";
import { bars, closes, ofKind, reportsOf, resultOf, scoresIn } from "../support/train-linear.ts";

test("the epoch with the lowest validation loss makes the result", async () => {
  const request = { learningRate: 0.2, epochs: 12 };
  const reports = await reportsOf(request);
  const losses = ofKind(reports, "epoch").map(({ validationLoss }) => validationLoss!);
  const best = losses.indexOf(Math.min(...losses)) + 1;
  expect(best).toBeLessThan(12);
  expect(resultOf(reports).bestEpoch).toBe(best);
  // Stopping at the best epoch gives the same weights, so the same predictions.
  expect(resultOf(await reportsOf({ ...request, epochs: best }))).toEqual(resultOf(reports));
});

test("where nothing validates, the last epoch makes the result", async () => {
  const reports = await reportsOf({ validationBars: 0 });
  expect(ofKind(reports, "epoch").map(({ validationLoss }) => validationLoss)).toEqual([
    null,
    null,
    null,
    null,
  ]);
  expect(resultOf(reports).bestEpoch).toBe(4);
  expect(scoresIn(resultOf(reports)).scores.map(({ split }) => split)).toEqual(["TRAIN", "TEST"]);
});

/** Of the closes that train when 20 bars are the test and none validate: what scales them. */
const training = closes.slice(0, 100);
const range = Math.max(...training) - Math.min(...training);
const rmseOf = (loss: number) => Math.sqrt(loss) * range;

test("the training loss is the mean squared error of a target, in scaled units", async () => {
  // Steps too small to change anything: the loss while training is that of the weights in the end.
  const reports = await reportsOf({ validationBars: 0, horizon: 2, learningRate: 1e-12, epochs: 1 });
  const [epoch] = ofKind(reports, "epoch");
  const score = scoresIn(resultOf(reports)).scores.find(({ split }) => split === "TRAIN")!;
  expect(score.model.rmse).toBeCloseTo(rmseOf(epoch!.trainLoss), 5);
});

test("with another loss both losses are its means, and the scores stay what they are", async () => {
  for (const loss of ["MAE", "HUBER"] as const) {
    const request = { validateOnTest: true, horizon: 2, learningRate: 1e-12, epochs: 1 } as const;
    const reports = await reportsOf({ ...request, loss });
    const [epoch] = ofKind(reports, "epoch");
    const result = resultOf(reports);
    const meanOf = (split: "TRAIN" | "TEST") => {
      const errors = result.predictions
        .filter((one) => one.split === split)
        .flatMap(({ actual, predicted }) => predicted.map((price, i) => (price - actual[i]!) / range));
      return errors.reduce((sum, error) => sum + lossOf(loss, error), 0) / errors.length;
    };
    expect(epoch!.trainLoss).toBeCloseTo(meanOf("TRAIN"), 6);
    expect(epoch!.validationLoss).toBeCloseTo(meanOf("TEST"), 6);
    expect(scoresIn(result)).toEqual(scoresIn(resultOf(await reportsOf(request))));
  }
});

test("validating on the test reports the test's loss, in scaled units", async () => {
  const reports = await reportsOf({ validateOnTest: true });
  const lowest = Math.min(...ofKind(reports, "epoch").map(({ validationLoss }) => validationLoss!));
  const score = scoresIn(resultOf(reports)).scores.find(({ split }) => split === "TEST")!;
  expect(score.model.rmse).toBeCloseTo(rmseOf(lowest), 5);
});

test("mase measures every split by the naive forecast within the training split", async () => {
  const { scores } = scoresIn(resultOf(await reportsOf({ validationBars: 0 })));
  const scale = naiveScales(training).absolute;
  for (const { model, naive } of scores) {
    expect(model.mase).toBeCloseTo(model.mae / scale, 12);
    expect(naive.mase).toBeCloseTo(naive.mae / scale, 12);
  }
});

test("every split and step is predicted at its bars' times, beside the stored prices and the last known ones", async () => {
  const result = resultOf(await reportsOf({ horizon: 2, validationBars: 10, epochs: 1 }));
  const { predictions } = result;
  const { scores, stepScores } = scoresIn(result);
  // Each step on its own, on the same scale: those of both steps together lie between.
  expect(stepScores.map(({ split, step }) => `${split} ${step}`)).toEqual(
    scores.flatMap(({ split }) => [`${split} 1`, `${split} 2`]),
  );
  for (const { split, count, model, naive } of scores) {
    const [one, two] = stepScores.filter((step) => step.split === split);
    expect(one!.count + two!.count).toBe(count);
    for (const [all, first, second] of [
      [model, one!.model, two!.model],
      [naive, one!.naive, two!.naive],
    ] as const) {
      expect(all.mae).toBeCloseTo((first.mae * one!.count + second.mae * two!.count) / count, 10);
      expect(all.mase! / all.mae).toBeCloseTo(first.mase! / first.mae, 10);
      expect(all.mase! / all.mae).toBeCloseTo(second.mase! / second.mae, 10);
    }
  }
  expect(predictions.map(({ split, step }) => `${split} ${step}`)).toEqual(
    ["TRAIN", "VALIDATION", "TEST"].flatMap((split) => [`${split} 1`, `${split} 2`]),
  );
  const second = predictions.find(({ split, step }) => split === "TEST" && step === 2)!;
  // Targets of step 2 are bars 101..119, each told from two bars before.
  expect(second.time.map(Number)).toEqual(Array.from(bars.time.subarray(101)));
  expect(second.actual).toEqual(closes.slice(101));
  expect(second.naive).toEqual(closes.slice(99, 118));
  expect(scores.map(({ split, count }) => [split, count])).toEqual([
    ["TRAIN", 2 * 84],
    ["VALIDATION", 2 * 9],
    ["TEST", 2 * 19],
  ]);
});

test("a linear model that learns changes of a straight line predicts it exactly in price units", async () => {
  const line = barsOf(Array.from({ length: 60 }, (_, bar) => 100 + 3 * bar));
  const request: TrainingRequest = {
    window: 3,
    horizon: 2,
    testBars: 10,
    transform: "DIFFERENCE",
    epochs: 300,
  };
  const { config } = parseTrainingConfig({ ...request, learningRate: 0.05 }, seriesFacts(line));
  const reports: TrainingReport[] = [];
  for await (const report of train(new LinearEngine(), config, line)) reports.push(report);
  const test = scoresIn(resultOf(reports)).scores.find(({ split }) => split === "TEST")!;
  expect(test.model.mae).toBeLessThan(0.01);
  expect(test.naive.mae).toBe(4.5);
  expect(test.model.directionalAccuracy).toBe(1);
  expect(test.skill).toBeGreaterThan(0.99);
});
