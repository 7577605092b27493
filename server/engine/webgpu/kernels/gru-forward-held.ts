/**
 * gru-forward.ts for layers whose recurrent kernel fits into the registers of a workgroup (held-matrix.ts). With few inputs
 * their product is made here as well, and `project` left out.
 */
import type { Kernel } from "../kernel.ts";
import type { HeldLayer, LayerPlan, Plan } from "../plan.ts";
import { activations, main } from "../wgsl.ts";
import { heldMatrix, threadsOf } from "./held-matrix.ts";
import type { InputPlace } from "./project.ts";

interface ForwardOptions {
  /** Whether dropout follows. */
  readonly keeps: boolean;
  readonly input: InputPlace;
}

export function gruForwardHeld(
  plan: Plan,
  layer: LayerPlan,
  { forward, projectsInput }: HeldLayer,
  { keeps, input }: ForwardOptions,
): Kernel {
  const { units, inputs } = layer;
  const kernel = heldMatrix(forward);
  const fromInput = projectsInput ? ownProjection(inputs) : projected;
  const asked = [...fromInput.asked, ...(keeps ? [toKeep] : [])];
  /** From the state's copy `turn` to the other. */
  const step = (time: string, turn: 0 | 1) => `{
    ${kernel.multiply(`${turn}u`)}
    let sums = sum + recurrentBias;
    let given = ${fromInput.value(turn)};
    let update = sigmoid(given.x + sums.x);
    let reset = sigmoid(given.y + sums.y);
    let candidate = tangent(given.z + reset * sums.z);
    state = update * state + (1.0 - update) * candidate;
    if (owner) { setInput(${1 - turn}, row, unit, state); }
    workgroupBarrier();
    if (owner) {
      let step = firstStep + (${time}) * ROWS;
      hidden[(step + (model + 1u) * ROWS) * UNITS + unit] = state;
      ${keeps ? `dropped[step * UNITS + unit] = state * keep${turn};` : ""}
      let gate = step * 4u * UNITS + unit;
      gates[gate] = update;
      gates[gate + UNITS] = reset;
      gates[gate + 2u * UNITS] = candidate;
      gates[gate + 3u * UNITS] = sums.z;
    }
    let later = min(${time} + 2u, WINDOW - 1u);
    ${asked.map(({ name, from }) => `${name}${turn} = ${from("later")};`).join("\n    ")}
  }`;
  return {
    label: `gru-forward ${layer.index}`,
    subgroups: true,
    reads: {
      ...(projectsInput ? { input: "f32" } : { projected: "f32" }),
      weights: "f32",
      ...(keeps && { keep: "f32" }),
    },
    writes: { hidden: "f32", gates: "f32", ...(keeps && { dropped: "f32" }) },
    constants: {
      WINDOW: plan.shape.window,
      ROWS: plan.rows,
      STEPS: plan.shape.window * plan.rows,
      UNITS: units,
      INPUTS: inputs,
      INPUT_SIZE: input.size,
      INPUT_AT: input.at,
      THREADS: threadsOf(forward),
      WEIGHTS: plan.weightCount,
      KERNEL_AT: layer.kernelAt,
      BIAS_AT: layer.biasAt,
      RECURRENT_AT: layer.recurrentAt,
      RECURRENT_BIAS_AT: layer.recurrentBiasAt ?? 0,
    },
    code: `
alias Rows = f32;
${activations}
fn matrixAt(inner: u32, unit: u32, gate: u32) -> f32 {
  if (inner >= UNITS || unit >= UNITS) { return 0.0; }
  return weights[model * WEIGHTS + RECURRENT_AT + (inner * 3u + gate) * UNITS + unit];
}
// One number for each gate: z, r, n.
fn weightsAt(at: u32, unit: u32) -> vec3f {
  let first = model * WEIGHTS + at + unit;
  return vec3f(weights[first], weights[first + UNITS], weights[first + 2u * UNITS]);
}
${
  projectsInput
    ? ""
    : `fn projectedAt(at: u32) -> vec3f {
  return vec3f(projected[at], projected[at + UNITS], projected[at + 2u * UNITS]);
}`
}
${kernel.declarations}
${main(threadsOf(forward))}
  ${kernel.load}
  let firstStep = model * STEPS + group.x * ${forward.rows}u + row;
  let recurrentBias = weightsAt(RECURRENT_BIAS_AT, unit);
  ${fromInput.load}
  ${asked.map(({ name, from }) => `var ${name}0 = ${from("0u")};\n  var ${name}1 = ${from("1u")};`).join("\n  ")}
  var state = 0.0;
  workgroupBarrier();
  for (var time = 0u; time < WINDOW; time += 2u) {
    ${step("time", 0)}
    if (time + 1u < WINDOW) { ${step("time + 1u", 1)} }
  }
}`,
    workgroups: [plan.rows / forward.rows, 1, plan.models],
  };
}

/** What an element of a step needs from memory. It is asked for two steps before: one is too late on an H100. */
interface Asked {
  readonly name: string;
  /** WGSL of a time. */
  from(time: string): string;
}

const toKeep: Asked = {
  name: "keep",
  from: (time) => `keep[(firstStep + ${time} * ROWS) * UNITS + unit]`,
};

/** How a step comes by what the layer's input gives to the thread's three gates. */
interface FromInput {
  readonly load: string;
  readonly asked: readonly Asked[];
  value(turn: 0 | 1): string;
}

const projected: FromInput = {
  load: "",
  asked: [
    { name: "projected", from: (time) => `projectedAt((firstStep + ${time} * ROWS) * 3u * UNITS + unit)` },
  ],
  value: (turn) => `projected${turn}`,
};

function ownProjection(inputs: number): FromInput {
  const features = Array.from({ length: inputs }, (_, f) => f);
  return {
    load: [
      "let bias = weightsAt(BIAS_AT, unit);",
      ...features.map((f) => `let kernel${f} = weightsAt(KERNEL_AT + ${f}u * 3u * UNITS, unit);`),
      "let firstInput = model * INPUT_SIZE + INPUT_AT + (firstStep - model * STEPS) * INPUTS;",
    ].join("\n  "),
    asked: features.map((f) => ({
      name: `input${f}_`,
      from: (time) => `input[firstInput + ${time} * ROWS * INPUTS + ${f}u]`,
    })),
    value: (turn) => ["bias", ...features.map((f) => `kernel${f} * input${f}_${turn}`)].join(" + "),
  };
}
