/**
 * The gradient of the dense head, one thread a weight, and the loss of the batch, by the last workgroup:
 *
 *   kernel [H, P] = 1 / (B P) * output [S, H]' x slopes [S, P]      bias [P] = 1 / (B P) * sum of slopes
 *   losses [batches, K] = sum of the losses
 *
 * where a slope is that of the loss by the error (loss.ts).
 *
 * A loss that is not finite freezes its model from this batch on: adam.ts then leaves the weights alone.
 */
import type { Loss } from "../../loss.ts";
import type { Kernel } from "../kernel.ts";
import type { Plan } from "../plan.ts";
import { finiteness, main, threadsPerWorkgroup } from "../wgsl.ts";
import { lossWords } from "./loss.ts";

export function headGradient(plan: Plan, loss: Loss): Kernel {
  const { units } = plan.layers.at(-1)!;
  const { horizon } = plan.shape;
  const weightGroups = Math.ceil(((units + 1) * horizon) / threadsPerWorkgroup);
  return {
    label: "head-gradient",
    reads: { lastOutput: "f32", errors: "f32" },
    writes: { gradientParts: "f32", losses: "f32", firstBadBatch: "atomic<u32>" },
    constants: {
      MODELS: plan.models,
      ROWS: plan.rows,
      UNITS: units,
      HORIZON: horizon,
      THREADS: threadsPerWorkgroup,
      WEIGHT_GROUPS: weightGroups,
      PARTS: plan.gradientParts,
      WEIGHTS: plan.weightCount,
      KERNEL_AT: plan.headKernelAt,
      BIAS_AT: plan.headBiasAt,
    },
    code: `
var<workgroup> shares: array<f32, THREADS>;
${finiteness}
${lossWords(loss)}
fn fourSlopes(row: u32, p: u32) -> vec4f {
  let at = (model * ROWS + row) * HORIZON + p;
  var four = vec4f();
  for (var i = 0u; i < 4u; i++) { if (row + i < ROWS) { four[i] = slopeOf(errors[at + i * HORIZON]); } }
  return four;
}
// The bias is the unit after the last, and always 1.
fn fourOutputs(row: u32, unit: u32) -> vec4f {
  let at = (model * ROWS + row) * UNITS + unit;
  var four = vec4f(1.0);
  if (unit == UNITS) { return four; }
  for (var i = 0u; i < 4u; i++) { if (row + i < ROWS) { four[i] = lastOutput[at + i * UNITS]; } }
  return four;
}
fn addGradient(weight: u32) {
  let unit = weight / HORIZON;
  let p = weight % HORIZON;
  if (unit > UNITS) { return; }
  // Four sums beside each other: one alone would wait for the memory row by row. Rows beyond the slice have no errors.
  var sums = vec4f();
  for (var row = 0u; row < ROWS; row += 4u) {
    sums = fma(fourOutputs(row, unit), fourSlopes(row, p), sums);
  }
  let sum = (sums.x + sums.y) + (sums.z + sums.w);
  // The head is small: the other parts of its sum stay zero.
  let at = model * PARTS * WEIGHTS + select(KERNEL_AT + weight, BIAS_AT + p, unit == UNITS);
  gradientParts[at] = sum / f32(slice.batchCount * HORIZON) + select(0.0, gradientParts[at], slice.place > 0u);
}
fn addLoss(lane: u32) {
  var share = 0.0;
  for (var i = lane; i < slice.count * HORIZON; i += THREADS) {
    share = plusLoss(share, errors[model * ROWS * HORIZON + i]);
  }
  shares[lane] = share;
  workgroupBarrier();
  if (lane > 0u) { return; }
  let at = slice.batch * MODELS + model;
  var sum = select(0.0, losses[at], slice.place > 0u);
  for (var i = 0u; i < THREADS; i++) { sum += shares[i]; }
  losses[at] = sum;
  if (!isFinite(sum)) { atomicMin(&firstBadBatch[model], slice.batch); }
}
${main(threadsPerWorkgroup)}
  if (group.x < WEIGHT_GROUPS) { addGradient(group.x * THREADS + lane); }
  else { addLoss(lane); }
}`,
    workgroups: [weightGroups + 1, 1, plan.models],
  };
}
