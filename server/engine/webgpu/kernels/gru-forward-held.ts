/**
 * gru-forward.ts for layers whose recurrent kernel fits into the registers of a workgroup (held-matrix.ts). A thread
 * multiplies with its part of the kernel, then computes whole units; what a step needs from memory is asked for a step
 * before. With few features the input's product is made here as well, and `project` left out.
 */
import type { Kernel } from "../kernel.ts";
import type { HeldLayer, LayerPlan, Plan } from "../plan.ts";
import { activations, main } from "../wgsl.ts";
import { heldMatrix } from "./held-matrix.ts";
import type { InputPlace } from "./project.ts";

interface ForwardOptions {
  /** Whether dropout follows. */
  readonly keeps: boolean;
  readonly input: InputPlace;
}

export function gruForwardHeld(
  plan: Plan,
  layer: LayerPlan,
  held: HeldLayer,
  { keeps, input }: ForwardOptions,
): Kernel {
  const { units, inputs } = layer;
  const { rows, threads, matrix } = held.forward;
  const projects = held.projectsInput;
  const steps = plan.shape.window * plan.rows;
  const kernel = heldMatrix("recurrent", matrix, rows);
  const elements = Array.from({ length: Math.ceil((rows * units) / threads) }, (_, i) => i);
  const features = Array.from({ length: inputs }, (_, i) => i);
  const perElement = (lines: (i: number) => string) => elements.map(lines).join("\n");
  return {
    label: `gru-forward ${layer.index}`,
    reads: {
      ...(projects ? { input: "f32" } : { projected: "f32" }),
      weights: "f32",
      ...(keeps && { keep: "f32" }),
    },
    writes: { hidden: "f32", gates: "f32", ...(keeps && { dropped: "f32" }) },
    constants: {
      WINDOW: plan.shape.window,
      ROWS: plan.rows,
      UNITS: units,
      INPUTS: inputs,
      INPUT_SIZE: input.size,
      INPUT_AT: input.at,
      THREADS: threads,
      ELEMENTS: rows * units,
      WEIGHTS: plan.weightCount,
      KERNEL_AT: layer.kernelAt,
      BIAS_AT: layer.biasAt,
      RECURRENT_AT: layer.recurrentAt,
      RECURRENT_BIAS_AT: layer.recurrentBiasAt ?? 0,
      STEPS: steps,
    },
    code: `
alias Rows = f32;
${activations}
fn recurrentAt(inner: u32, column: u32) -> f32 {
  if (inner >= UNITS || column >= 3u * UNITS) { return 0.0; }
  return weights[model * WEIGHTS + RECURRENT_AT + inner * 3u * UNITS + column];
}
// One number for each gate: z, r, n.
fn weightsAt(at: u32, unit: u32) -> vec3f {
  let first = model * WEIGHTS + at + unit;
  return vec3f(weights[first], weights[first + UNITS], weights[first + 2u * UNITS]);
}
${kernel.declarations}
${main(threads)}
  ${kernel.load}
  let firstRow = group.x * ${rows}u;
${perElement(
  (i) => `
  let element${i} = lane + ${i}u * THREADS;
  let here${i} = element${i} < ELEMENTS;
  let row${i} = select(0u, element${i} / UNITS, here${i});
  let unit${i} = select(0u, element${i} % UNITS, here${i});
  let recurrentBias${i} = weightsAt(RECURRENT_BIAS_AT, unit${i});
  ${
    projects
      ? `let bias${i} = weightsAt(BIAS_AT, unit${i});
  ${features.map((f) => `let kernel${i}_${f} = weightsAt(KERNEL_AT + ${f}u * 3u * UNITS, unit${i});`).join("\n  ")}`
      : ""
  }
  var state${i} = 0.0;`,
)}
${perElement((i) => fetch("var", i, "firstRow + row"))}
  workgroupBarrier();
  for (var time = 0u; time < WINDOW; time++) {
    let rowsNow = time * ROWS + firstRow;
    let rowsNext = min(time + 1u, WINDOW - 1u) * ROWS + firstRow;
${perElement((i) => fetch("let", i, "rowsNext + row"))}
    ${kernel.multiply}
    workgroupBarrier();
${perElement(
  (i) => `
    if (here${i}) {
      let unit = unit${i};
      let sums = recurrentBias${i} + vec3f(
        recurrentOut(row${i}, unit), recurrentOut(row${i}, UNITS + unit), recurrentOut(row${i}, 2u * UNITS + unit));
      let fromInput = ${projects ? ["bias" + i, ...features.map((f) => `kernel${i}_${f} * input${i}_${f}`)].join(" + ") : `projected${i}`};
      let update = sigmoid(fromInput.x + sums.x);
      let reset = sigmoid(fromInput.y + sums.y);
      let candidate = tangent(fromInput.z + reset * sums.z);
      let output = update * state${i} + (1.0 - update) * candidate;
      state${i} = output;
      recurrentIn[recurrentPlace(row${i}, unit)] = output;
      let step = model * STEPS + rowsNow + row${i};
      hidden[(step + (model + 1u) * ROWS) * UNITS + unit] = output;
      ${keeps ? "dropped[step * UNITS + unit] = output * keep[step * UNITS + unit];" : ""}
      let gate = step * 4u * UNITS + unit;
      gates[gate] = update;
      gates[gate + UNITS] = reset;
      gates[gate + 2u * UNITS] = candidate;
      gates[gate + 3u * UNITS] = sums.z;
    }
    ${assign(i)}`,
)}
    workgroupBarrier();
  }
}`,
    workgroups: [plan.rows / rows, 1, plan.models],
  };

  /** What an element of a step needs from memory. */
  function fetch(kind: "var" | "let", i: number, row: string): string {
    const next = kind === "let" ? "Next" : "";
    if (projects)
      return features
        .map((f) => `    ${kind} input${next}${i}_${f} = input[model * INPUT_SIZE + INPUT_AT + (${row}${i}) * INPUTS + ${f}u];`)
        .join("\n");
    const at = `(model * STEPS + ${row}${i}) * 3u * UNITS + unit${i}`;
    return `    ${kind} projected${next}${i} = vec3f(projected[${at}], projected[${at} + UNITS], projected[${at} + 2u * UNITS]);`;
  }

  function assign(i: number): string {
    if (projects) return features.map((f) => `input${i}_${f} = inputNext${i}_${f};`).join(" ");
    return `projected${i} = projectedNext${i};`;
  }
}
