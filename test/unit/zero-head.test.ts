/** A network whose head starts at zero begins with the naive forecast. */
import { expect, test } from "vitest";
import { weightCount, weightLayout } from "../../server/engine/weights.ts";
import { shapeOf, withZeroHead } from "../../server/forecasting/model-shape.ts";
import { fillIn } from "../../server/recipe/complete-config.ts";

test("the head says the mean target of each step whatever it sees, and all other weights stay", () => {
  const config = { ...fillIn({ horizon: 2, layers: [{ units: 3 }] }), validationBars: 0 };
  const weights = new Float32Array(weightCount(shapeOf(config))).fill(5);
  const state = { weights, firstMoment: weights, secondMoment: weights, step: 0 };
  const zeroed = withZeroHead(state, config, { targets: Float32Array.of(1, 10, 3, 30) });
  const head = weightLayout(shapeOf(config)).filter(({ kind }) => kind.startsWith("head"));
  const headFrom = head[0]!.offset;
  expect(Array.from(zeroed.weights.subarray(headFrom))).toEqual([0, 0, 0, 0, 0, 0, 2, 20]);
  expect(zeroed.weights.subarray(0, headFrom).every((weight) => weight === 5)).toBe(true);
  expect(state.weights.every((weight) => weight === 5)).toBe(true);
});
