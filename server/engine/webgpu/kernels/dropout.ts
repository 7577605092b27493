/**
 * Dropout between two layers, forward and backward: both draw the same mask from the same counters, so that
 * nothing but the seed has to be kept.
 *
 *   forward:  dropped [K, W, S, H] = hidden [K, 1 + W, S, H] without its first block, times mask
 *   backward: outputSlope [K, W, S, H] times mask, in place
 */
import type { Kernel } from "../kernel.ts";
import type { LayerPlan, Plan } from "../plan.ts";
import { dropout, main, onePerElement, threadsPerWorkgroup } from "../wgsl.ts";

export function dropoutForward(plan: Plan, layer: LayerPlan): Kernel {
  return dropoutKernel(plan, layer, {
    label: `dropout ${layer.index}`,
    reads: { hidden: "f32" },
    writes: { dropped: "f32" },
    assign: "dropped[at] = keep * hidden[model * (STEPS + ROWS) * UNITS + (ROWS + step) * UNITS + unit];",
  });
}

export function dropoutBackward(plan: Plan, layer: LayerPlan): Kernel {
  return dropoutKernel(plan, layer, {
    label: `dropout-backward ${layer.index}`,
    reads: {},
    writes: { outputSlope: "f32" },
    assign: "outputSlope[at] *= keep;",
  });
}

type Direction = Pick<Kernel, "label" | "reads" | "writes"> & { readonly assign: string };

/** One thread makes four random words: four units of one row. */
function dropoutKernel(plan: Plan, layer: LayerPlan, { label, reads, writes, assign }: Direction): Kernel {
  const steps = plan.shape.window * plan.rows;
  const calls = Math.ceil(layer.units / 4);
  const { groups, element } = onePerElement(steps * calls);
  return {
    label,
    reads: { ...reads, models: "Model" },
    writes,
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
    if (unit < UNITS) {
      let at = (model * STEPS + step) * UNITS + unit;
      let keep = keepOf(words[word]);
      ${assign}
    }
  }
}`,
    workgroups: [...groups, plan.models],
  };
}
