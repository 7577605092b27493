/**
 * Dropout between two layers, as factors: 0 or 1 / (1 - rate). Drawn from counters, so they need nothing but the seed and
 * the slice; the layer's run forward and the way back multiply with them.
 *
 *   keep [K, W, S, H]
 */
import type { Kernel } from "../kernel.ts";
import type { LayerPlan, Plan } from "../plan.ts";
import { dropout, main, onePerElement, threadsPerWorkgroup } from "../wgsl.ts";

/** One thread makes four random words: four units of one row. */
export function dropoutMask(plan: Plan, layer: LayerPlan): Kernel {
  const steps = plan.shape.window * plan.rows;
  const calls = Math.ceil(layer.units / 4);
  const { groups, element } = onePerElement(steps * calls);
  return {
    label: `dropout-mask ${layer.index}`,
    reads: { models: "Model" },
    writes: { keep: "f32" },
    constants: {
      ROWS: plan.rows,
      STEPS: steps,
      WINDOW: plan.shape.window,
      UNITS: layer.units,
      CALLS: calls,
      LAYER: layer.index,
    },
    code: `${dropout(layer.dropout)}
${main(threadsPerWorkgroup)}
  let thread = ${element};
  if (thread >= STEPS * CALLS) { return; }
  let step = thread / CALLS;
  let call = thread % CALLS;
  let place = slice.place + step % ROWS;
  let words = dropoutWords(LAYER, call, place * WINDOW + step / ROWS);
  for (var word = 0u; word < 4u; word++) {
    let unit = word * CALLS + call;
    if (unit < UNITS) { keep[(model * STEPS + step) * UNITS + unit] = keepOf(words[word]); }
  }
}`,
    workgroups: [...groups, plan.models],
  };
}
