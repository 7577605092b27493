/**
 * What a slice needs before its first product: its windows, copied out of the resident rows, and while training the masks of
 * dropout between layers, as factors 0 or 1 / (1 - rate). Masks are drawn from counters, so they need nothing but the seed
 * and the slice. All of it in one dispatch, a thread for each piece, since none depends on another.
 *
 *   table [R, F], starts [N], order [K, N]  ->  inputs [K, W, S, F], time-major;  rows beyond the slice's windows are zero
 *   keep<layer> [K, W, S, H]
 */
import type { Kernel } from "../kernel.ts";
import type { LayerPlan, Plan } from "../plan.ts";
import { dropoutWords, grid, groupsFor, keepOf, main, threadsPerWorkgroup } from "../wgsl.ts";

/** @param training windows in the order of the epoch, not in that of the set; and dropout. */
export function prepare(plan: Plan, { training }: { training: boolean }): Kernel {
  const { shape, rows, models } = plan;
  const { window, features } = shape;
  const steps = window * rows;
  const masked = training ? plan.layers.filter(({ keeps }) => keeps) : [];
  const pieces = [
    { threads: steps, code: "copyStep(thread);" },
    ...masked.map(({ index, units }) => ({
      threads: steps * callsOf(units),
      code: `drawMask${index}(thread);`,
    })),
  ];
  const groupsBefore = (piece: number) =>
    pieces.slice(0, piece).reduce((sum, { threads }) => sum + groupsFor(threads), 0);
  const { groups, index } = grid(groupsBefore(pieces.length));
  return {
    label: "prepare",
    reads: {
      table: "f32",
      starts: "u32",
      ...(training && { order: "u32" }),
      ...(masked.length > 0 && { models: "Model" }),
    },
    writes: { inputs: "f32", ...Object.fromEntries(masked.map((layer) => [`keep${layer.index}`, "f32"])) },
    constants: { ROWS: rows, STEPS: steps, WINDOW: window, FEATURES: features },
    code: `
fn copyStep(step: u32) {
  let time = step / ROWS;
  let row = step % ROWS;
  let goal = (model * STEPS + step) * FEATURES;
  if (row >= slice.count) {
    for (var feature = 0u; feature < FEATURES; feature++) { inputs[goal + feature] = 0.0; }
    return;
  }
  let place = slice.first + row;
  let window = ${training ? "order[model * slice.windows + place]" : "place"};
  let source = (starts[window] + time) * FEATURES;
  for (var feature = 0u; feature < FEATURES; feature++) { inputs[goal + feature] = table[source + feature]; }
}
${masked.length > 0 ? dropoutWords : ""}
${masked.map(drawMask).join("\n")}
${main(threadsPerWorkgroup)}
  let index = ${index};
  var thread = index * ${threadsPerWorkgroup}u + lane;
  ${pieces
    .map(
      ({ threads, code }, i) => `if (index < ${groupsBefore(i + 1)}u) {
    thread -= ${groupsBefore(i) * threadsPerWorkgroup}u;
    if (thread < ${threads}u) { ${code} }
    return;
  }`,
    )
    .join("\n  ")}
}`,
    workgroups: [...groups, models],
  };
}

/** Each makes four random words: four units of one row. */
const callsOf = (units: number) => Math.ceil(units / 4);

function drawMask({ index, units, dropout }: LayerPlan): string {
  const calls = callsOf(units);
  return `
fn drawMask${index}(thread: u32) {
  let step = thread / ${calls}u;
  let call = thread % ${calls}u;
  let place = slice.place + step % ROWS;
  let words = dropoutWords(${index}u, call, place * WINDOW + step / ROWS);
  for (var word = 0u; word < 4u; word++) {
    let unit = word * ${calls}u + call;
    if (unit < ${units}u) { keep${index}[(model * STEPS + step) * ${units}u + unit] = ${keepOf("words[word]", dropout)}; }
  }
}`;
}
