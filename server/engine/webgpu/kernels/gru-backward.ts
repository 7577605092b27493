/**
 * Back-propagation through time of one layer in one dispatch: the equations of gru-forward.ts differentiated,
 * from the last step to the first. d* is the slope of the loss along *, before the gate's activation.
 *
 *   d  = slope of h' from the layer above + slope of h' from the step after
 *   dz = d * (h - n) * z (1 - z)             dn = d * (1 - z) * (1 - n^2)
 *   reset after:   dr = dn * q * r (1 - r),  dq = dn * r,        q = h Un + b
 *                  slope of h = d * z + dz Uz' + dr Ur' + dq Un'
 *   reset before:  ds = dn Un',  dr = ds * h * r (1 - r)
 *                  slope of h = d * z + ds * r + dz Uz' + dr Ur'
 *
 * In `gates` [W, S, 4H] dz, dr, dn and dq replace z, r, n and q, which nobody needs any more (r * h stays, for the weights'
 * gradient). `transposed` [3H, H] is the recurrent kernel turned over, so that neighbouring threads read neighbouring
 * weights.
 */
import type { Kernel } from "../kernel.ts";
import type { LayerPlan, Plan } from "../plan.ts";
import { main, readRows, rowsType, writeRows } from "../wgsl.ts";
import { recurrentThreads } from "./recurrent-threads.ts";

export function gruBackward(plan: Plan, layer: LayerPlan): Kernel {
  const { units, rowsBackward: rows } = layer;
  const threads = recurrentThreads(units);
  const steps = plan.shape.window * plan.rows;
  return {
    label: `gru-backward ${layer.index}`,
    reads: { outputSlope: "f32", transposed: "f32", hidden: "f32" },
    writes: { gates: "f32" },
    constants: {
      WINDOW: plan.shape.window,
      ROWS: plan.rows,
      UNITS: units,
      THREADS: threads,
      TRANSPOSED: plan.transposedCount,
      TRANSPOSED_AT: layer.transposedAt,
      SLOPE_SIZE: (layer.isLast ? plan.rows : steps) * units,
      HIDDEN_SIZE: (steps + plan.rows) * units,
      GATES_SIZE: steps * 4 * units,
    },
    code: `
alias Rows = ${rowsType(rows)};
// What reaches h from the step after, and the slopes of the three gates' recurrent sums.
var<workgroup> carried: array<Rows, UNITS>;
var<workgroup> slopes: array<Rows, 3u * UNITS>;
${readRows("outputSlope", rows, "UNITS", "SLOPE_SIZE")}
${readRows("hidden", rows, "UNITS", "HIDDEN_SIZE")}
${readRows("gates", rows, "4u * UNITS", "GATES_SIZE")}
${writeRows("gates", rows, "4u * UNITS", "GATES_SIZE")}
${slopeFromAbove(layer.isLast)}
${main(threads)}
  for (var unit = lane; unit < UNITS; unit += THREADS) { carried[unit] = Rows(0.0); }
  let transposedKernel = model * TRANSPOSED + TRANSPOSED_AT;
  let firstRow = group.x * ${rows}u;
  for (var stepsLeft = WINDOW; stepsLeft > 0u; stepsLeft--) {
    let time = stepsLeft - 1u;
    let row = time * ROWS + firstRow;
    for (var unit = lane; unit < UNITS; unit += THREADS) {
      let slope = carried[unit] + slopeFromAbove(time, firstRow, unit);
      let update = gatesRows(row, unit);
      let candidate = gatesRows(row, 2u * UNITS + unit);
      let state = hiddenRows(row, unit);
      let slopeUpdate = slope * (state - candidate) * update * (Rows(1.0) - update);
      let slopeCandidate = slope * (Rows(1.0) - update) * (Rows(1.0) - candidate * candidate);
      carried[unit] = slope * update;
      slopes[unit] = slopeUpdate;
      setGatesRows(row, unit, slopeUpdate);
      setGatesRows(row, 2u * UNITS + unit, slopeCandidate);
${plan.shape.resetAfter ? restResettingAfter : restResettingBefore}
    workgroupBarrier();
  }
}`,
    workgroups: [plan.rows / rows, 1, plan.models],
  };
}

/** Only the last step of the last layer's output is used: nothing reaches its other steps from above. */
const slopeFromAbove = (isLast: boolean) => `
fn slopeFromAbove(time: u32, firstRow: u32, unit: u32) -> Rows {
  ${
    isLast
      ? "if (time < WINDOW - 1u) { return Rows(0.0); }\n  return outputSlopeRows(firstRow, unit);"
      : "return outputSlopeRows(time * ROWS + firstRow, unit);"
  }
}`;

const restResettingAfter = `
      let reset = gatesRows(row, UNITS + unit);
      let slopeReset = slopeCandidate * gatesRows(row, 3u * UNITS + unit) * reset * (Rows(1.0) - reset);
      slopes[UNITS + unit] = slopeReset;
      slopes[2u * UNITS + unit] = slopeCandidate * reset;
      setGatesRows(row, UNITS + unit, slopeReset);
      setGatesRows(row, 3u * UNITS + unit, slopeCandidate * reset);
    }
    workgroupBarrier();
    for (var unit = lane; unit < UNITS; unit += THREADS) {
      var sum = carried[unit];
      for (var k = 0u; k < 3u * UNITS; k++) {
        sum = fma(Rows(transposed[transposedKernel + k * UNITS + unit]), slopes[k], sum);
      }
      carried[unit] = sum;
    }`;

const restResettingBefore = `
      slopes[2u * UNITS + unit] = slopeCandidate;
    }
    workgroupBarrier();
    for (var unit = lane; unit < UNITS; unit += THREADS) {
      var slopeResetState = Rows(0.0);
      for (var k = 2u * UNITS; k < 3u * UNITS; k++) {
        let weight = transposed[transposedKernel + k * UNITS + unit];
        slopeResetState = fma(Rows(weight), slopes[k], slopeResetState);
      }
      let reset = gatesRows(row, UNITS + unit);
      let slopeReset = slopeResetState * hiddenRows(row, unit) * reset * (Rows(1.0) - reset);
      carried[unit] += slopeResetState * reset;
      slopes[UNITS + unit] = slopeReset;
      setGatesRows(row, UNITS + unit, slopeReset);
    }
    workgroupBarrier();
    for (var unit = lane; unit < UNITS; unit += THREADS) {
      var sum = carried[unit];
      for (var k = 0u; k < 2u * UNITS; k++) {
        sum = fma(Rows(transposed[transposedKernel + k * UNITS + unit]), slopes[k], sum);
      }
      carried[unit] = sum;
    }`;
