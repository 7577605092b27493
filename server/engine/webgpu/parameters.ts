/** The weights and Adam's moments of a group of models on the GPU: [K, weights] each, and how they come and go. */
import type { ModelState } from "../engine.ts";
import type { Gpu } from "./gpu.ts";
import type { Buffers } from "./kernel.ts";
import type { Plan } from "./plan.ts";

const tensors = ["weights", "firstMoment", "secondMoment"] as const;

export function writeParameters(gpu: Gpu, plan: Plan, buffers: Buffers, states: readonly ModelState[]): void {
  const { weightCount, transposedCount } = plan;
  for (const [model, state] of states.entries()) {
    for (const name of tensors) gpu.upload(buffers[name]!, state[name], model * weightCount);
    gpu.upload(buffers.transposed!, transposedOf(plan, state.weights), model * transposedCount);
  }
}

/** @param steps the updates so far of each model. */
export async function readParameters(
  gpu: Gpu,
  { weightCount }: Plan,
  buffers: Buffers,
  steps: readonly number[],
): Promise<readonly ModelState[]> {
  const words = steps.length * weightCount;
  const arrays = await gpu.read(tensors.map((name) => ({ buffer: buffers[name]!, words })));
  const [weights, first, second] = arrays.map((array) => split(array, steps.length));
  return steps.map((step, model) => ({
    weights: weights![model]!,
    firstMoment: first![model]!,
    secondMoment: second![model]!,
    step,
  }));
}

/** The recurrent kernels that are not held, [H, 3H], as [3H, H]: what gru-backward.ts reads and adam.ts keeps up to date. */
function transposedOf({ layers, transposedCount }: Plan, weights: Float32Array): Float32Array {
  const transposed = new Float32Array(transposedCount);
  for (const { units, recurrentAt, transposedAt } of layers.filter(({ held }) => !held))
    for (let k = 0; k < units; k++)
      for (let gate = 0; gate < 3 * units; gate++)
        transposed[transposedAt + gate * units + k] = weights[recurrentAt + k * 3 * units + gate]!;
  return transposed;
}

/** Copies of the models' parts. */
export function split(array: Float32Array, models: number): Float32Array[] {
  const length = array.length / models;
  return Array.from({ length: models }, (_, model) => array.slice(model * length, (model + 1) * length));
}
