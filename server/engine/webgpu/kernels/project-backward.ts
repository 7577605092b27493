/**
 * The slope of the loss along a layer's input, which is the output of the layer below.
 *
 *   inputSlope [K, W, S, I] = (dz, dr, dn) [K, W, S, 3H] x transpose of kernel [I, 3H], times dropout's mask
 */
import type { Kernel } from "../kernel.ts";
import type { LayerPlan, Plan } from "../plan.ts";
import { main } from "../wgsl.ts";
import { fourLeft, fourRight, tile, tileSize, tileThreads } from "./tile.ts";

/** @param keeps whether dropout lies before the layer. */
export function projectBackward(plan: Plan, layer: LayerPlan, { keeps }: { keeps: boolean }): Kernel {
  const { inputs, units } = layer;
  const steps = plan.shape.window * plan.rows;
  const slopes = 3 * units;
  return {
    label: `project-backward ${layer.index}`,
    reads: { gates: "f32", weights: "f32", ...(keeps && { keep: "f32" }) },
    writes: { inputSlope: "f32" },
    constants: {
      STEPS: steps,
      INPUTS: inputs,
      SLOPES: slopes,
      GATES: 4 * units,
      WEIGHTS: plan.weightCount,
      KERNEL_AT: layer.kernelAt,
    },
    code: `
fn left(step: u32, slope: u32) -> f32 {
  if (step >= STEPS || slope >= SLOPES) { return 0.0; }
  // The fourth is of the recurrent sum.
  return gates[(model * STEPS + step) * GATES + slope];
}
fn right(slope: u32, input: u32) -> f32 {
  if (slope >= SLOPES || input >= INPUTS) { return 0.0; }
  return weights[model * WEIGHTS + KERNEL_AT + input * SLOPES + slope];
}
fn store(step: u32, input: u32, sum: f32) {
  if (step >= STEPS || input >= INPUTS) { return; }
  let at = (model * STEPS + step) * INPUTS + input;
  inputSlope[at] = ${keeps ? "sum * keep[at]" : "sum"};
}
${fourLeft}
${fourRight}
${tile({ inner: slopes, leftAlong: "inner", rightAlong: "inner" })}
${main(tileThreads)}
  multiply(lane, group.x * ${tileSize}u, group.y * ${tileSize}u, 0u, SLOPES);
}`,
    workgroups: [Math.ceil(steps / tileSize), Math.ceil(inputs / tileSize), plan.models],
  };
}
