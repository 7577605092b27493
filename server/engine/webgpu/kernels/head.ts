/**
 * The dense head on the last layer's last step: predictions [K, S, P] = output [K, S, H] x kernel [H, P] + bias [P].
 * One workgroup a window. While training it also gives the errors and the slope that goes back:
 *
 *   errors [K, S, P] = prediction - target, 0 beyond the slice's windows
 *   lastOutputSlope [K, S, H] = 1 / (B P) * slopes of errors x transpose of kernel, times mask
 */
import type { Loss } from "../../loss.ts";
import type { Kernel } from "../kernel.ts";
import type { Plan } from "../plan.ts";
import { dropoutWords, keepOf, main } from "../wgsl.ts";
import { lossWords } from "./loss.ts";

const threads = 64;

function headConstants(plan: Plan): Record<string, number> {
  const { units, index } = plan.layers.at(-1)!;
  const { window, horizon } = plan.shape;
  return {
    WINDOW: window,
    ROWS: plan.rows,
    UNITS: units,
    CALLS: Math.ceil(units / 4),
    LAYER: index,
    HORIZON: horizon,
    // Threads that share the sum of one output.
    SHARE: Math.max(1, Math.floor(threads / horizon)),
    WEIGHTS: plan.weightCount,
    KERNEL_AT: plan.headKernelAt,
    BIAS_AT: plan.headBiasAt,
  };
}

const predict = `
var<workgroup> output: array<f32, UNITS>;
var<workgroup> shares: array<f32, HORIZON * SHARE>;
fn hiddenAt(row: u32, unit: u32) -> f32 {
  return hidden[(model * (WINDOW + 1u) * ROWS + WINDOW * ROWS + row) * UNITS + unit];
}
// Once all threads have put the window's output into workgroup memory: prediction p, to thread p < HORIZON.
fn predict(lane: u32) -> f32 {
  workgroupBarrier();
  if (lane < HORIZON * SHARE) {
    let p = lane / SHARE;
    var share = 0.0;
    for (var unit = lane % SHARE; unit < UNITS; unit += SHARE) {
      share = fma(output[unit], weights[model * WEIGHTS + KERNEL_AT + unit * HORIZON + p], share);
    }
    shares[lane] = share;
  }
  workgroupBarrier();
  if (lane >= HORIZON) { return 0.0; }
  var sum = weights[model * WEIGHTS + BIAS_AT + lane];
  for (var i = 0u; i < SHARE; i++) { sum += shares[lane * SHARE + i]; }
  return sum;
}`;

export function headTraining(plan: Plan, loss: Loss): Kernel {
  const { dropout: rate } = plan.layers.at(-1)!;
  return {
    label: "head",
    reads: { hidden: "f32", weights: "f32", targets: "f32", order: "u32", models: "Model" },
    writes: { lastOutput: "f32", lastOutputSlope: "f32", errors: "f32" },
    constants: headConstants(plan),
    code: `
${predict}
${dropoutWords}
${lossWords(loss)}
var<workgroup> keep: array<f32, 4u * CALLS>;
var<workgroup> slopes: array<f32, HORIZON>;
${main(threads)}
  let row = group.x;
  let inSlice = row < slice.count;
  for (var call = lane; call < CALLS; call += ${threads}u) {
    let words = dropoutWords(LAYER, call, slice.place + row);
    for (var word = 0u; word < 4u; word++) { keep[word * CALLS + call] = ${keepOf("words[word]", rate)}; }
  }
  workgroupBarrier();
  for (var unit = lane; unit < UNITS; unit += ${threads}u) {
    output[unit] = keep[unit] * hiddenAt(row, unit);
    lastOutput[(model * ROWS + row) * UNITS + unit] = output[unit];
  }
  let prediction = predict(lane);
  if (lane < HORIZON) {
    var error = 0.0;
    if (inSlice) {
      error = prediction - targets[order[model * slice.windows + slice.first + row] * HORIZON + lane];
    }
    errors[(model * ROWS + row) * HORIZON + lane] = error;
    slopes[lane] = slopeOf(error) / f32(slice.batchCount * HORIZON);
  }
  workgroupBarrier();
  for (var unit = lane; unit < UNITS; unit += ${threads}u) {
    var slope = 0.0;
    for (var p = 0u; p < HORIZON; p++) {
      slope = fma(slopes[p], weights[model * WEIGHTS + KERNEL_AT + unit * HORIZON + p], slope);
    }
    lastOutputSlope[(model * ROWS + row) * UNITS + unit] = slope * keep[unit];
  }
}`,
    workgroups: [plan.rows, 1, plan.models],
  };
}

/** Predictions without dropout, at the windows' places: [K, N, P]. */
export function headPrediction(plan: Plan): Kernel {
  return {
    label: "head without dropout",
    reads: { hidden: "f32", weights: "f32" },
    writes: { predictions: "f32" },
    constants: headConstants(plan),
    code: `
${predict}
${main(threads)}
  let row = group.x;
  for (var unit = lane; unit < UNITS; unit += ${threads}u) { output[unit] = hiddenAt(row, unit); }
  let prediction = predict(lane);
  if (lane < HORIZON && row < slice.count) {
    predictions[(model * slice.windows + slice.first + row) * HORIZON + lane] = prediction;
  }
}`,
    workgroups: [plan.rows, 1, plan.models],
  };
}
