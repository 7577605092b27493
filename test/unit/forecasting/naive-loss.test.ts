/** The line that a live curve has to get below, in the units of that curve. */
import { expect, test } from "vitest";
import { columnOf } from "../../../server/domain/price-series.ts";
import { lossOf } from "../../../server/engine/loss.ts";
import { naiveLossOf } from "../../../server/forecasting/naive-loss.ts";
import { buildWindows } from "../../../server/forecasting/windows.ts";
import type { TrainingRequest } from "../../../server/recipe/training-config.ts";
import { alone } from "../../support/series.ts";
import { bars, configOf } from "../../support/train-linear.ts";

/** What a network that says the last known price would get as its validation loss: from the very windows that it is judged on. */
function lossOnWindows(request: TrainingRequest): number {
  const config = configOf(request);
  const { range, windows, targetScaler } = buildWindows(alone(bars), config).find(
    ({ range: { split } }) => split === (config.validateOnTest ? "TEST" : "VALIDATION"),
  )!;
  const closes = columnOf(bars, "CLOSE");
  let sum = 0;
  windows.targets.forEach((target, i) => {
    const last = closes[range.firstAnchor + Math.floor(i / config.horizon)]!;
    const naive = config.transform === "PRICE" && config.inputForm !== "MINUS_LAST" ? last : 0;
    sum += lossOf(config.loss, (naive - targetScaler.origin) / targetScaler.unit - target);
  });
  return sum / windows.targets.length;
}

test.each<TrainingRequest>([
  {},
  { horizon: 3 },
  { transform: "LOG_RETURN" },
  { transform: "DIFFERENCE", loss: "MAE", scaler: "STANDARD" },
  { scalerFit: "EACH_SPLIT", loss: "HUBER" },
  { inputForm: "MINUS_LAST" },
  { validateOnTest: true, validationBars: 0 },
])("the naive loss is in the units of the validation loss, with %j", (request) => {
  const loss = naiveLossOf(bars, configOf(request));
  expect(loss).toBeGreaterThan(0);
  expect(loss).toBeCloseTo(lossOnWindows(request), 6);
});

test("where nothing validates there is no naive loss", () => {
  expect(naiveLossOf(bars, configOf({ validationBars: 0 }))).toBeNull();
});

test("a series that cannot be trained on is refused in the same words as by the training", () => {
  expect(() => naiveLossOf({ ...bars, time: bars.time.slice(0, 4) }, configOf({}))).toThrow();
});
