/**
 * The slope of the loss along a layer's input, which is the output of the layer below.
 *
 *   inputSlope [K, W, S, I] = projectedSlope [K, W, S, 3H] x transpose of kernel [I, 3H], times dropout's mask
 */
import type { Kernel } from "../kernel.ts";
import type { LayerPlan, Plan } from "../plan.ts";
import { main } from "../wgsl.ts";
import { tile, tileSize, tileThreads } from "./tile.ts";

/** @param keeps whether dropout lies before the layer. */
export function projectBackward(plan: Plan, layer: LayerPlan, { keeps }: { keeps: boolean }): Kernel {
  const { inputs, units } = layer;
  const steps = plan.shape.window * plan.rows;
  const gates = 3 * units;
  return {
    label: `project-backward ${layer.index}`,
    reads: { projected: "f32", weights: "f32", ...(keeps && { keep: "f32" }) },
    writes: { inputSlope: "f32" },
    constants: {
      STEPS: steps,
      INPUTS: inputs,
      GATES: gates,
      WEIGHTS: plan.weightCount,
      KERNEL_AT: layer.kernelAt,
    },
    code: `
fn left(step: u32, gate: u32) -> f32 {
  if (step >= STEPS || gate >= GATES) { return 0.0; }
  return projected[(model * STEPS + step) * GATES + gate];
}
fn right(gate: u32, input: u32) -> f32 {
  if (gate >= GATES || input >= INPUTS) { return 0.0; }
  return weights[model * WEIGHTS + KERNEL_AT + input * GATES + gate];
}
fn store(step: u32, input: u32, sum: f32) {
  if (step >= STEPS || input >= INPUTS) { return; }
  let at = (model * STEPS + step) * INPUTS + input;
  inputSlope[at] = ${keeps ? "sum * keep[at]" : "sum"};
}
${tile({ inner: gates, leftAlong: "inner", rightAlong: "inner" })}
${main(tileThreads)}
  multiply(lane, group.x * ${tileSize}u, group.y * ${tileSize}u, 0u, GATES);
}`,
    workgroups: [Math.ceil(steps / tileSize), Math.ceil(inputs / tileSize), plan.models],
  };
}
