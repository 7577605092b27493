/**
 * One update of every weight, and of the transposed recurrent kernels that the way back reads where it holds none.
 *
 *   g = gradient, scaled down to `clipNorm` when its norm is larger
 *   m = b1 m + (1 - b1) g          v = b2 v + (1 - b2) g^2
 *   w = (1 - rate * decay) w - rate * sqrt(1 - b2^t) / (1 - b1^t) * m / (sqrt(v) + epsilon)
 *
 * Kingma and Ba, ICLR 2015, section 2's last remark, with Keras' epsilon; decay as in Loshchilov and Hutter, ICLR 2019.
 * A model whose loss or gradient is not finite is frozen: this and all later updates of the epoch leave it as it is.
 */
import { adamBetas } from "../adam-betas.ts";
import type { Kernel } from "../kernel.ts";
import { gradientsPerWorkgroup, type LayerPlan, type Plan } from "../plan.ts";
import { f32, finiteness, main } from "../wgsl.ts";

const epsilon = 1e-7;

export function adam(plan: Plan): Kernel {
  const groups = Math.ceil(plan.weightCount / gradientsPerWorkgroup);
  return {
    label: "adam",
    reads: { gradient: "f32", gradientSquares: "f32", models: "Model" },
    writes: {
      weights: "f32",
      firstMoment: "f32",
      secondMoment: "f32",
      transposed: "f32",
      firstBadBatch: "atomic<u32>",
    },
    constants: {
      WEIGHTS: plan.weightCount,
      TRANSPOSED: plan.transposedCount,
      GROUPS: groups,
      THREADS: gradientsPerWorkgroup,
    },
    code: `
var<workgroup> squares: array<f32, THREADS>;
${finiteness}
fn gradientNorm(lane: u32) -> f32 {
  var sum = 0.0;
  for (var i = lane; i < GROUPS; i += THREADS) { sum += gradientSquares[model * GROUPS + i]; }
  squares[lane] = sum;
  for (var half = THREADS / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (lane < half) { squares[lane] += squares[lane + half]; }
  }
  workgroupBarrier();
  return sqrt(squares[0]);
}
fn transpose(weight: u32, value: f32) {
  let base = model * TRANSPOSED;
  ${plan.layers
    .filter(({ held }) => !held)
    .map(transposeLayer)
    .join("\n  ")}
}
${main(gradientsPerWorkgroup)}
  let norm = gradientNorm(lane);
  // Every workgroup computes the same norm, so all of them freeze the model or none does.
  if (!isFinite(norm)) { atomicMin(&firstBadBatch[model], slice.batch); }
  let weight = group.x * THREADS + lane;
  if (weight >= WEIGHTS || atomicLoad(&firstBadBatch[model]) <= slice.batch || !isFinite(norm)) { return; }

  let settings = models[model];
  let at = model * WEIGHTS + weight;
  let isLong = settings.clipNorm > 0.0 && norm > settings.clipNorm;
  let g = gradient[at] * select(1.0, settings.clipNorm / norm, isLong);
  let m = ${f32(adamBetas.first)} * firstMoment[at] + ${f32(1 - adamBetas.first)} * g;
  let v = ${f32(adamBetas.second)} * secondMoment[at] + ${f32(1 - adamBetas.second)} * g * g;
  let decayed = weights[at] * (1.0 - settings.learningRate * settings.weightDecay);
  let updated = decayed - settings.learningRate * slice.momentCorrection * m / (sqrt(v) + ${f32(epsilon)});
  firstMoment[at] = m;
  secondMoment[at] = v;
  weights[at] = updated;
  transpose(weight, updated);
}`,
    workgroups: [groups, 1, plan.models],
  };
}

/** [H, 3H] to [3H, H]. */
function transposeLayer({ units, recurrentAt, transposedAt }: LayerPlan): string {
  const gates = 3 * units;
  return `if (weight >= ${recurrentAt}u && weight < ${recurrentAt + units * gates}u) {
    let i = weight - ${recurrentAt}u;
    transposed[base + ${transposedAt}u + (i % ${gates}u) * ${units}u + i / ${gates}u] = value;
  }`;
}
