/**
 * All time steps of one layer in one dispatch. A workgroup carries a few windows ("rows") from the first step to
 * the last and keeps their hidden state in its own memory; a thread computes whole units.
 *
 *   z = sigmoid(xz + h Uz)                     how much of the past to keep
 *   r = sigmoid(xr + h Ur)                     how much of the past the candidate sees
 *   n = tanh(xn + r * (h Un + b))              reset after the recurrent product, or
 *   n = tanh(xn + (r * h) Un)                  before it
 *   h' = z * h + (1 - z) * n
 *
 * Cho et al., 2014 (before); Keras, PyTorch and cuDNN (after). In `hidden` block 0 is the state before the first
 * step: never written, because WebGPU hands out zeros. In `gates` the fourth part keeps what the way back needs:
 * h Un + b, or r * h.
 */
import type { Kernel } from "../kernel.ts";
import type { LayerPlan, Plan } from "../plan.ts";
import { activations, main, readRows, rowsType, writeRows } from "../wgsl.ts";
import { recurrentThreads } from "./recurrent-threads.ts";

/** @param keeps whether dropout follows. */
export function gruForward(plan: Plan, layer: LayerPlan, { keeps }: { keeps: boolean }): Kernel {
  const { units, rowsForward: rows, recurrentBiasAt } = layer;
  const threads = recurrentThreads(units);
  const steps = plan.shape.window * plan.rows;
  return {
    label: `gru-forward ${layer.index}`,
    reads: { projected: "f32", weights: "f32", ...(keeps && { keep: "f32" }) },
    writes: { hidden: "f32", gates: "f32", ...(keeps && { dropped: "f32" }) },
    constants: {
      WINDOW: plan.shape.window,
      ROWS: plan.rows,
      UNITS: units,
      THREADS: threads,
      WEIGHTS: plan.weightCount,
      RECURRENT_AT: layer.recurrentAt,
      RECURRENT_BIAS_AT: recurrentBiasAt ?? 0,
      PROJECTED_SIZE: steps * 3 * units,
      HIDDEN_SIZE: (steps + plan.rows) * units,
      GATES_SIZE: steps * 4 * units,
      DROPPED_SIZE: steps * units,
    },
    code: `
alias Rows = ${rowsType(rows)};
// The state before and after the step in hand take turns.
var<workgroup> state: array<Rows, 2u * UNITS>;
${plan.shape.resetAfter ? "" : "var<workgroup> resetState: array<Rows, UNITS>;"}
${activations}
${readRows("projected", rows, "3u * UNITS", "PROJECTED_SIZE")}
${readRows("gates", rows, "4u * UNITS", "GATES_SIZE")}
${writeRows("gates", rows, "4u * UNITS", "GATES_SIZE")}
${writeRows("hidden", rows, "UNITS", "HIDDEN_SIZE")}
${keeps ? readRows("keep", rows, "UNITS", "DROPPED_SIZE") + writeRows("dropped", rows, "UNITS", "DROPPED_SIZE") : ""}
fn setOutput(row: u32, unit: u32, output: Rows) {
  setHiddenRows(ROWS + row, unit, output);
  ${keeps ? "setDroppedRows(row, unit, output * keepRows(row, unit));" : ""}
}
${main(threads)}
  for (var unit = lane; unit < UNITS; unit += THREADS) { state[unit] = Rows(0.0); }
  workgroupBarrier();
  let recurrent = model * WEIGHTS + RECURRENT_AT;
  var before = 0u;
  var after = UNITS;
  for (var time = 0u; time < WINDOW; time++) {
    let row = time * ROWS + group.x * ${rows}u;
${plan.shape.resetAfter ? stepResettingAfter : stepResettingBefore}
    workgroupBarrier();
    let swapped = before;
    before = after;
    after = swapped;
  }
}`,
    workgroups: [plan.rows / rows, 1, plan.models],
  };
}

const stepResettingAfter = `
    let bias = model * WEIGHTS + RECURRENT_BIAS_AT;
    for (var unit = lane; unit < UNITS; unit += THREADS) {
      var sumUpdate = Rows(weights[bias + unit]);
      var sumReset = Rows(weights[bias + UNITS + unit]);
      var sumCandidate = Rows(weights[bias + 2u * UNITS + unit]);
      for (var k = 0u; k < UNITS; k++) {
        let h = state[before + k];
        let weight = recurrent + k * 3u * UNITS + unit;
        sumUpdate = fma(Rows(weights[weight]), h, sumUpdate);
        sumReset = fma(Rows(weights[weight + UNITS]), h, sumReset);
        sumCandidate = fma(Rows(weights[weight + 2u * UNITS]), h, sumCandidate);
      }
      let update = sigmoid(projectedRows(row, unit) + sumUpdate);
      let reset = sigmoid(projectedRows(row, UNITS + unit) + sumReset);
      let candidate = tangent(projectedRows(row, 2u * UNITS + unit) + reset * sumCandidate);
      let output = update * state[before + unit] + (Rows(1.0) - update) * candidate;
      state[after + unit] = output;
      setOutput(row, unit, output);
      setGatesRows(row, unit, update);
      setGatesRows(row, UNITS + unit, reset);
      setGatesRows(row, 2u * UNITS + unit, candidate);
      setGatesRows(row, 3u * UNITS + unit, sumCandidate);
    }`;

const stepResettingBefore = `
    for (var unit = lane; unit < UNITS; unit += THREADS) {
      var sumUpdate = Rows(0.0);
      var sumReset = Rows(0.0);
      for (var k = 0u; k < UNITS; k++) {
        let h = state[before + k];
        let weight = recurrent + k * 3u * UNITS + unit;
        sumUpdate = fma(Rows(weights[weight]), h, sumUpdate);
        sumReset = fma(Rows(weights[weight + UNITS]), h, sumReset);
      }
      let update = sigmoid(projectedRows(row, unit) + sumUpdate);
      let reset = sigmoid(projectedRows(row, UNITS + unit) + sumReset);
      resetState[unit] = reset * state[before + unit];
      setGatesRows(row, unit, update);
      setGatesRows(row, UNITS + unit, reset);
      setGatesRows(row, 3u * UNITS + unit, resetState[unit]);
    }
    workgroupBarrier();
    for (var unit = lane; unit < UNITS; unit += THREADS) {
      var sumCandidate = Rows(0.0);
      for (var k = 0u; k < UNITS; k++) {
        let weight = recurrent + k * 3u * UNITS + 2u * UNITS + unit;
        sumCandidate = fma(Rows(weights[weight]), resetState[k], sumCandidate);
      }
      let update = gatesRows(row, unit);
      let candidate = tangent(projectedRows(row, 2u * UNITS + unit) + sumCandidate);
      let output = update * state[before + unit] + (Rows(1.0) - update) * candidate;
      state[after + unit] = output;
      setOutput(row, unit, output);
      setGatesRows(row, 2u * UNITS + unit, candidate);
    }`;
