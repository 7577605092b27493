/**
 * Copies the slice's windows out of the resident rows, time-major.
 *
 *   table [R, F], starts [N], order [K, N]  ->  inputs [K, W, S, F];  rows beyond the slice's windows are zero
 */
import type { Kernel } from "../kernel.ts";
import type { Plan } from "../plan.ts";
import { main, onePerElement, threadsPerWorkgroup } from "../wgsl.ts";

/** @param shuffled windows in the order of the epoch, not in that of the set. */
export function gather({ shape, rows, models }: Plan, { shuffled }: { shuffled: boolean }): Kernel {
  const { window, features } = shape;
  const { groups, element } = onePerElement(window * rows);
  return {
    label: "gather",
    reads: { table: "f32", starts: "u32", ...(shuffled && { order: "u32" }) },
    writes: { inputs: "f32" },
    constants: { ROWS: rows, STEPS: window * rows, FEATURES: features },
    code: `${main(threadsPerWorkgroup)}
  let step = ${element};
  if (step >= STEPS) { return; }
  let time = step / ROWS;
  let row = step % ROWS;
  let goal = (model * STEPS + step) * FEATURES;
  if (row >= slice.count) {
    for (var feature = 0u; feature < FEATURES; feature++) { inputs[goal + feature] = 0.0; }
    return;
  }
  let place = slice.first + row;
  let window = ${shuffled ? "order[model * slice.windows + place]" : "place"};
  let source = (starts[window] + time) * FEATURES;
  for (var feature = 0u; feature < FEATURES; feature++) { inputs[goal + feature] = table[source + feature]; }
}`,
    workgroups: [...groups, models],
  };
}
