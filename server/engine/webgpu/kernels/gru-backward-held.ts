/**
 * gru-backward.ts for layers whose recurrent kernel fits into the registers of a workgroup (held-matrix.ts), as
 * gru-forward-held.ts is gru-forward.ts. The kernel is held turned over, [3H, H].
 */
import type { Kernel } from "../kernel.ts";
import type { HeldLayer, LayerPlan, Plan } from "../plan.ts";
import { main } from "../wgsl.ts";
import { heldMatrix } from "./held-matrix.ts";

export function gruBackwardHeld(plan: Plan, layer: LayerPlan, held: HeldLayer): Kernel {
  const { units } = layer;
  const { rows, threads, matrix } = held.backward;
  const kernel = heldMatrix("transposed", matrix, rows);
  const elements = Array.from({ length: Math.ceil((rows * units) / threads) }, (_, i) => i);
  const perElement = (lines: (i: number) => string) => elements.map(lines).join("\n");
  return {
    label: `gru-backward ${layer.index}`,
    reads: { outputSlope: "f32", weights: "f32", hidden: "f32" },
    writes: { projected: "f32", gates: "f32" },
    constants: {
      WINDOW: plan.shape.window,
      ROWS: plan.rows,
      UNITS: units,
      THREADS: threads,
      ELEMENTS: rows * units,
      WEIGHTS: plan.weightCount,
      RECURRENT_AT: layer.recurrentAt,
      STEPS: plan.shape.window * plan.rows,
    },
    code: `
fn transposedAt(gate: u32, unit: u32) -> f32 {
  if (gate >= 3u * UNITS || unit >= UNITS) { return 0.0; }
  return weights[model * WEIGHTS + RECURRENT_AT + unit * 3u * UNITS + gate];
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
${main(threads)}
  ${kernel.load}
  let firstRow = group.x * ${rows}u;
${perElement(
  (i) => `
  let element${i} = lane + ${i}u * THREADS;
  let here${i} = element${i} < ELEMENTS;
  let row${i} = select(0u, element${i} / UNITS, here${i});
  let unit${i} = select(0u, element${i} % UNITS, here${i});
  // What reaches h from the step after without the recurrent kernel.
  var past${i} = 0.0;
  var known${i} = knownAt(WINDOW - 1u, firstRow + row${i}, unit${i});`,
)}
  workgroupBarrier();
  for (var stepsLeft = WINDOW; stepsLeft > 0u; stepsLeft--) {
    let time = stepsLeft - 1u;
${perElement((i) => `    let before${i} = knownAt(max(time, 1u) - 1u, firstRow + row${i}, unit${i});`)}
${perElement(
  (i) => `
    if (here${i}) {
      let known = known${i};
      let unit = unit${i};
      let slope = known.slope + past${i} + transposedOut(row${i}, unit);
      let slopeUpdate = slope * (known.state - known.candidate) * known.update * (1.0 - known.update);
      let slopeCandidate = slope * (1.0 - known.update) * (1.0 - known.candidate * known.candidate);
      let slopeReset = slopeCandidate * known.sumCandidate * known.reset * (1.0 - known.reset);
      let slopeSum = slopeCandidate * known.reset;
      past${i} = slope * known.update;
      let place = transposedPlace(row${i}, unit);
      transposedIn[place] = slopeUpdate;
      transposedIn[place + UNITS] = slopeReset;
      transposedIn[place + 2u * UNITS] = slopeSum;
      let step = model * STEPS + time * ROWS + firstRow + row${i};
      projected[step * 3u * UNITS + unit] = slopeUpdate;
      projected[step * 3u * UNITS + UNITS + unit] = slopeReset;
      projected[step * 3u * UNITS + 2u * UNITS + unit] = slopeCandidate;
      gates[step * 4u * UNITS + 3u * UNITS + unit] = slopeSum;
    }
    known${i} = before${i};`,
)}
    workgroupBarrier();
    ${kernel.multiply}
    workgroupBarrier();
  }
}`,
    workgroups: [plan.rows / rows, 1, plan.models],
  };
}

/** Only the last step of the last layer's output is used: nothing reaches its other steps from above. */
const slopeFromAbove = (isLast: boolean) =>
  isLast
    ? "select(0.0, outputSlope[(model * ROWS + row) * UNITS + unit], time == WINDOW - 1u)"
    : "outputSlope[step * UNITS + unit]";
