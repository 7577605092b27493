/**
 * The gradient of all of a layer's weights, summed over every time step of every window: two matrix products in
 * one dispatch, side by side along y.
 *
 *   kernel [I, 3H]          = sum over steps of  input [I]  x  (dz, dr, dn)      bias:          1  x  (dz, dr, dn)
 *   recurrent kernel [H, 3H], reset after:       h [H]      x  (dz, dr, dq)      its bias:      1  x  (dz, dr, dq)
 *                             reset before:      h [H]      x  (dz, dr),   r * h  x  dn
 *
 * A tile never crosses from one gate to the next, since their operands differ. The sum over steps is cut into
 * `gradientParts` parts, that run beside each other and are added by sum-gradient.ts.
 */
import type { Kernel } from "../kernel.ts";
import type { LayerPlan, Plan } from "../plan.ts";
import { main } from "../wgsl.ts";
import type { InputPlace } from "./project.ts";
import { deepestTile, tile, tileSize, tileThreads } from "./tile.ts";

export function weightGradient(plan: Plan, layer: LayerPlan, input: InputPlace): Kernel {
  const { inputs, units, recurrentBiasAt } = layer;
  const { resetAfter, window } = plan.shape;
  const steps = window * plan.rows;
  const recurrentRows = resetAfter ? units + 1 : units;
  const inputTiles = Math.ceil((inputs + 1) / tileSize);
  const recurrentTiles = Math.ceil(recurrentRows / tileSize);
  const gateTiles = Math.ceil(units / tileSize);
  return {
    label: `weight-gradient ${layer.index}`,
    reads: { input: "f32", hidden: "f32", gates: "f32", projected: "f32" },
    writes: { gradientParts: "f32" },
    constants: {
      ROWS: plan.rows,
      STEPS: steps,
      INPUTS: inputs,
      UNITS: units,
      INPUT_SIZE: input.size,
      INPUT_AT: input.at,
      RECURRENT_ROWS: recurrentRows,
      INPUT_TILES: inputTiles,
      GATE_TILES: gateTiles,
      PARTS: plan.gradientParts,
      STEPS_PER_PART: Math.ceil(steps / plan.gradientParts / deepestTile) * deepestTile,
      WEIGHTS: plan.weightCount,
      KERNEL_AT: layer.kernelAt,
      BIAS_AT: layer.biasAt,
      RECURRENT_AT: layer.recurrentAt,
      RECURRENT_BIAS_AT: recurrentBiasAt ?? 0,
    },
    code: `
var<private> ofInput: bool;
var<private> gate: u32;
var<private> part: u32;

// What is multiplied with the gate's slope; the row after the last is 1, for the bias.
fn left(row: u32, step: u32) -> f32 {
  if (step >= STEPS) { return 0.0; }
  if (ofInput) {
    if (row >= INPUTS) { return select(0.0, 1.0, row == INPUTS); }
    return input[model * INPUT_SIZE + INPUT_AT + step * INPUTS + row];
  }
  if (row >= UNITS) { return select(0.0, 1.0, row == UNITS); }
  ${resetAfter ? "" : "if (gate == 2u) { return gates[((model * STEPS + step) * 4u + 3u) * UNITS + row]; }"}
  return hidden[(model * (STEPS + ROWS) + step) * UNITS + row];
}
fn right(step: u32, unit: u32) -> f32 {
  if (step >= STEPS || unit >= UNITS) { return 0.0; }
  ${resetAfter ? "if (!ofInput && gate == 2u) { return gates[((model * STEPS + step) * 4u + 3u) * UNITS + unit]; }" : ""}
  return projected[((model * STEPS + step) * 3u + gate) * UNITS + unit];
}
fn store(row: u32, unit: u32, sum: f32) {
  if (unit >= UNITS) { return; }
  var at = gate * UNITS + unit;
  if (ofInput) {
    if (row > INPUTS) { return; }
    at += select(KERNEL_AT + row * 3u * UNITS, BIAS_AT, row == INPUTS);
  } else {
    if (row >= RECURRENT_ROWS) { return; }
    at += select(RECURRENT_AT + row * 3u * UNITS, RECURRENT_BIAS_AT, row == UNITS);
  }
  at += (model * PARTS + part) * WEIGHTS;
  gradientParts[at] = sum + select(0.0, gradientParts[at], slice.place > 0u);
}
${tile({ inner: steps, leftAlong: "rows", rightAlong: "columns" })}
${main(tileThreads, "group.z / PARTS")}
  gate = group.x / GATE_TILES;
  ofInput = group.y < INPUT_TILES;
  part = group.z % PARTS;
  let rowTile = select(group.y - INPUT_TILES, group.y, ofInput);
  let start = (group.z % PARTS) * STEPS_PER_PART;
  multiply(lane, rowTile * ${tileSize}u, (group.x % GATE_TILES) * ${tileSize}u, start, min(start + STEPS_PER_PART, STEPS));
}`,
    workgroups: [3 * gateTiles, inputTiles + recurrentTiles, plan.models * plan.gradientParts],
  };
}
