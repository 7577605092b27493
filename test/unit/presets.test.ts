/** What the presets are, as requests that anybody could make. */
import { expect, test } from "vitest";
import { parseTrainingConfig } from "../../server/recipe/parse-request.ts";
import { trainingPresets, withPreset } from "../../server/recipe/presets.ts";
import { splitSeries } from "../../server/recipe/splits.ts";
import { cleanFacts } from "../support/clean-facts.ts";

test("every preset passes its own checks, and only the original recipe is warned of", () => {
  for (const { id, request } of trainingPresets) {
    const { warnings } = parseTrainingConfig(request, cleanFacts(2426));
    expect(warnings.length, id).toBe(id === "original" ? 2 : 0);
  }
});

test("the original recipe's preset is the original recipe, window for window", () => {
  const original = trainingPresets.find(({ id }) => id === "original")!;
  const { config } = parseTrainingConfig(original.request, cleanFacts(2426));
  expect(config).toMatchObject({
    target: "OPEN",
    features: ["OPEN"],
    testBars: 300,
    validationBars: 0,
    seed: 7,
  });
  const windows = splitSeries(2426, config).map((range) => [
    range.split,
    range.endAnchor - range.firstAnchor,
  ]);
  expect(windows).toEqual([
    ["TRAIN", 2066],
    ["TEST", 240],
  ]);
});

test("a request that names a preset takes its values where it leaves a field out, or says null", () => {
  const quick = trainingPresets.find(({ id }) => id === "quick")!.request;
  expect(withPreset("quick", { epochs: 3, window: null })).toEqual({ ...quick, epochs: 3 });
  const { config } = parseTrainingConfig(withPreset("returns", { target: "OPEN" }), cleanFacts(2426));
  expect(config).toMatchObject({ target: "OPEN", features: ["OPEN"], transform: "LOG_RETURN" });
  expect(() => withPreset("slow", {})).toThrow(
    'preset must be one of careful, volatility, quick, original, standard, returns, got "slow"',
  );
});

test("the standard preset is what a request without anything trains", () => {
  const standard = trainingPresets.find(({ id }) => id === "standard")!;
  expect(parseTrainingConfig(standard.request, cleanFacts(2426))).toEqual(
    parseTrainingConfig({}, cleanFacts(2426)),
  );
});
