/**
 * gru-backward.ts for layers whose recurrent kernel fits into the registers of a workgroup (held-matrix.ts), as
 * gru-forward-held.ts is gru-forward.ts. The kernel is held turned over, [3H, H].
 */
import type { Kernel } from "../kernel.ts";
import type { HeldLayer, LayerPlan, Plan } from "../plan.ts";
import { main } from "../wgsl.ts";
import { heldMatrix, threadsOf } from "./held-matrix.ts";

export function gruBackwardHeld(plan: Plan, layer: LayerPlan, { backward }: HeldLayer): Kernel {
  const kernel = heldMatrix(backward);
  return {
    label: `gru-backward ${layer.index}`,
    subgroups: true,
    reads: { outputSlope: "f32", weights: "f32", hidden: "f32" },
    writes: { gates: "f32" },
    constants: {
      WINDOW: plan.shape.window,
      ROWS: plan.rows,
      STEPS: plan.shape.window * plan.rows,
      UNITS: layer.units,
      THREADS: threadsOf(backward),
      WEIGHTS: plan.weightCount,
      RECURRENT_AT: layer.recurrentAt,
    },
    code: `
// Turned over: the sums run over the slopes of all gates.
fn matrixAt(slope: u32, unit: u32, gate: u32) -> f32 {
  if (slope >= 3u * UNITS || unit >= UNITS) { return 0.0; }
  return weights[model * WEIGHTS + RECURRENT_AT + unit * 3u * UNITS + slope];
}
${kernel.declarations}
// What came forward at a step, and what reaches it from above.
struct Known { update: f32, reset: f32, candidate: f32, sumCandidate: f32, state: f32, slope: f32 }
fn knownAt(time: u32, row: u32, unit: u32) -> Known {
  let step = model * STEPS + time * ROWS + row;
  let gate = step * 4u * UNITS + unit;
  return Known(
    gates[gate], gates[gate + UNITS], gates[gate + 2u * UNITS], gates[gate + 3u * UNITS],
    hidden[(step + model * ROWS) * UNITS + unit], ${slopeFromAbove(layer.isLast)});
}
${main(threadsOf(backward))}
  ${kernel.load}
  let rowOfSlice = group.x * ${backward.rows}u + row;
  var now = knownAt(WINDOW - 1u, rowOfSlice, unit);
  // What reaches h from the step after.
  var carried = 0.0;
  var turn = 0u;
  workgroupBarrier();
  for (var stepsLeft = WINDOW; stepsLeft > 0u; stepsLeft--) {
    let time = stepsLeft - 1u;
    let next = knownAt(max(time, 1u) - 1u, rowOfSlice, unit);
    let slope = now.slope + carried;
    let slopeUpdate = slope * (now.state - now.candidate) * now.update * (1.0 - now.update);
    let slopeCandidate = slope * (1.0 - now.update) * (1.0 - now.candidate * now.candidate);
    let slopeReset = slopeCandidate * now.sumCandidate * now.reset * (1.0 - now.reset);
    let slopeSum = slopeCandidate * now.reset;
    let past = slope * now.update;
    turn = 1u - turn;
    if (owner) {
      setInput(turn, row, unit, slopeUpdate);
      setInput(turn, row, UNITS + unit, slopeReset);
      setInput(turn, row, 2u * UNITS + unit, slopeSum);
      let gate = (model * STEPS + time * ROWS + rowOfSlice) * 4u * UNITS + unit;
      gates[gate] = slopeUpdate;
      gates[gate + UNITS] = slopeReset;
      gates[gate + 2u * UNITS] = slopeCandidate;
      gates[gate + 3u * UNITS] = slopeSum;
    }
    now = next;
    workgroupBarrier();
    ${kernel.multiply("turn")}
    carried = past + sum;
  }
}`,
    workgroups: [plan.rows / backward.rows, 1, plan.models],
  };
}

/** Only the last step of the last layer's output is used: nothing reaches its other steps from above. */
const slopeFromAbove = (isLast: boolean) =>
  isLast
    ? "select(0.0, outputSlope[(model * ROWS + row) * UNITS + unit], time == WINDOW - 1u)"
    : "outputSlope[step * UNITS + unit]";
