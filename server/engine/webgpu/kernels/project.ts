/**
 * What a layer's input contributes to its gates, for all time steps at once: one large matrix product.
 *
 *   projected [K, W, S, 3H] = input [K, W, S, I] x kernel [I, 3H] + bias [3H]
 */
import type { Kernel } from "../kernel.ts";
import type { LayerPlan, Plan } from "../plan.ts";
import { main } from "../wgsl.ts";
import { fourLeft, fourRight, tile, tileSize, tileThreads } from "./tile.ts";

/** Where a layer's input lies in the buffer bound as `input`. */
export interface InputPlace {
  /** A model's part of the buffer. */
  readonly size: number;
  readonly at: number;
}

export function project(plan: Plan, layer: LayerPlan, input: InputPlace): Kernel {
  const { inputs, units } = layer;
  const steps = plan.shape.window * plan.rows;
  const columns = 3 * units;
  return {
    label: `project ${layer.index}`,
    reads: { input: "f32", weights: "f32" },
    writes: { projected: "f32" },
    constants: {
      STEPS: steps,
      INPUTS: inputs,
      COLUMNS: columns,
      INPUT_SIZE: input.size,
      INPUT_AT: input.at,
      WEIGHTS: plan.weightCount,
      KERNEL_AT: layer.kernelAt,
      BIAS_AT: layer.biasAt,
    },
    code: `
fn left(step: u32, inner: u32) -> f32 {
  if (step >= STEPS || inner >= INPUTS) { return 0.0; }
  return input[model * INPUT_SIZE + INPUT_AT + step * INPUTS + inner];
}
fn right(inner: u32, column: u32) -> f32 {
  if (inner >= INPUTS || column >= COLUMNS) { return 0.0; }
  return weights[model * WEIGHTS + KERNEL_AT + inner * COLUMNS + column];
}
fn store(step: u32, column: u32, sum: f32) {
  if (step >= STEPS || column >= COLUMNS) { return; }
  let bias = weights[model * WEIGHTS + BIAS_AT + column];
  projected[(model * STEPS + step) * COLUMNS + column] = sum + bias;
}
${fourLeft}
${fourRight}
${tile({ inner: inputs, leftAlong: "inner", rightAlong: "columns" })}
${main(tileThreads)}
  multiply(lane, group.x * ${tileSize}u, group.y * ${tileSize}u, 0u, INPUTS);
}`,
    workgroups: [Math.ceil(steps / tileSize), Math.ceil(columns / tileSize), plan.models],
  };
}
