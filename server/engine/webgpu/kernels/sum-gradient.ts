/**
 * Adds up the parts of the gradient, and the squares of each workgroup's share of it: their sum is the square of
 * the gradient's norm.
 *
 *   gradientParts [K, parts, weights]  ->  gradient [K, weights],  gradientSquares [K, workgroups]
 */
import type { Kernel } from "../kernel.ts";
import { gradientsPerWorkgroup, type Plan } from "../plan.ts";
import { main } from "../wgsl.ts";

export function sumGradient({ weightCount, gradientParts, models }: Plan): Kernel {
  const groups = Math.ceil(weightCount / gradientsPerWorkgroup);
  return {
    label: "sum-gradient",
    reads: { gradientParts: "f32" },
    writes: { gradient: "f32", gradientSquares: "f32" },
    constants: {
      WEIGHTS: weightCount,
      PARTS: gradientParts,
      GROUPS: groups,
      THREADS: gradientsPerWorkgroup,
    },
    code: `
var<workgroup> squares: array<f32, THREADS>;
${main(gradientsPerWorkgroup)}
  let weight = group.x * THREADS + lane;
  var sum = 0.0;
  if (weight < WEIGHTS) {
    for (var part = 0u; part < PARTS; part++) { sum += gradientParts[(model * PARTS + part) * WEIGHTS + weight]; }
    gradient[model * WEIGHTS + weight] = sum;
  }
  squares[lane] = sum * sum;
  for (var half = THREADS / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (lane < half) { squares[lane] += squares[lane + half]; }
  }
  if (lane == 0u) { gradientSquares[model * GROUPS + group.x] = squares[0]; }
}`,
    workgroups: [groups, 1, models],
  };
}
