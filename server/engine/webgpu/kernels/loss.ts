/** The loss of one target and its slope by the prediction, as ../../loss.ts has them. */
import type { Loss } from "../../loss.ts";

const formulas = {
  MSE: { slope: "2.0 * error", sum: "fma(error, error, sum)" },
  MAE: { slope: "sign(error)", sum: "sum + abs(error)" },
  HUBER: {
    slope: "clamp(error, -1.0, 1.0)",
    sum: "fma(slopeOf(error), error - 0.5 * slopeOf(error), sum)",
  },
} as const satisfies Record<Loss, { readonly slope: string; readonly sum: string }>;

/** What `clamp` and `sign` make of NaN is left to the driver: the sum is NaN all the same, and that is what is looked at. */
export const lossWords = (loss: Loss) => `
fn slopeOf(error: f32) -> f32 { return ${formulas[loss].slope}; }
fn plusLoss(sum: f32, error: f32) -> f32 { return ${formulas[loss].sum}; }`;
