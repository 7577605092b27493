/**
 * Which kernels make up a training batch and a prediction, in their order, and which buffer each of them means.
 *
 * Dawn lets no dispatch begin before the one before has ended, since each writes something. So what can be done beside
 * each other is one kernel, and there are few.
 */
import type { Loss } from "../loss.ts";
import type { Kernel } from "./kernel.ts";
import { adam } from "./kernels/adam.ts";
import { gruBackward } from "./kernels/gru-backward.ts";
import { gruBackwardHeld } from "./kernels/gru-backward-held.ts";
import { gruForward } from "./kernels/gru-forward.ts";
import { gruForwardHeld } from "./kernels/gru-forward-held.ts";
import { headPrediction, headTraining } from "./kernels/head.ts";
import { headGradient } from "./kernels/head-gradient.ts";
import { prepare } from "./kernels/prepare.ts";
import { type InputPlace, project } from "./kernels/project.ts";
import { projectBackward } from "./kernels/project-backward.ts";
import { sumGradient } from "./kernels/sum-gradient.ts";
import { mostLayersAtOnce, weightGradient } from "./kernels/weight-gradient.ts";
import type { LayerPlan, Plan } from "./plan.ts";

/** A kernel, and the group's buffers by the names that the kernel gives them (where the names differ). */
export interface PassStep {
  readonly kernel: Kernel;
  readonly buffers: Readonly<Record<string, string>>;
}

/** Kernels for each slice of a batch: they leave the slice's gradient, added to that of the slices before. */
export function gradientPass(plan: Plan, loss: Loss = "MSE"): readonly PassStep[] {
  const { layers } = plan;
  return [
    step(prepare(plan, { training: true })),
    ...layers.flatMap((layer) => forward(plan, layer, { training: true })),
    step(headTraining(plan, loss), { hidden: `hidden${layers.at(-1)!.index}` }),
    step(headGradient(plan, loss)),
    ...layers.toReversed().flatMap((layer) => backward(plan, layer)),
    ...inGroups(layers.toReversed(), mostLayersAtOnce).map((group) => gradientOf(plan, group)),
  ];
}

/** Kernels for each batch: one update from the gradient. */
export function updatePass(plan: Plan): readonly PassStep[] {
  return [step(sumGradient(plan)), step(adam(plan))];
}

/** Kernels for each slice of windows to be predicted: no dropout, windows in their own order. */
export function predictionPass(plan: Plan): readonly PassStep[] {
  const { layers } = plan;
  return [
    step(prepare(plan, { training: false })),
    ...layers.flatMap((layer) => forward(plan, layer, { training: false })),
    step(headPrediction(plan), { hidden: `hidden${layers.at(-1)!.index}` }),
  ];
}

/** @param training with dropout. */
function forward(plan: Plan, layer: LayerPlan, { training }: { training: boolean }): PassStep[] {
  const { held } = layer;
  const keeps = training && layer.keeps;
  const input = inputOf(plan, layer, { training });
  const own = numbered(layer, "projected", "hidden", "gates", "keep", "dropped");
  const buffers = { ...own, input: input.buffer };
  const run = held
    ? gruForwardHeld(plan, layer, held, { keeps, input: input.place })
    : gruForward(plan, layer, { keeps });
  return held?.projectsInput
    ? [step(run, buffers)]
    : [step(project(plan, layer, input.place), buffers), step(run, buffers)];
}

/** Back through the layer's time, and on to the layer below. */
function backward(plan: Plan, layer: LayerPlan): PassStep[] {
  const own = numbered(layer, "hidden", "gates");
  const outputSlope = layer.isLast ? "lastOutputSlope" : `outputSlope${layer.index}`;
  const { held } = layer;
  const run = held ? gruBackwardHeld(plan, layer, held) : gruBackward(plan, layer);
  const below = plan.layers[layer.index - 1];
  return [
    step(run, { ...own, outputSlope }),
    ...(below
      ? [
          step(projectBackward(plan, layer, below), {
            ...own,
            ...numbered(below, "keep"),
            inputSlope: `outputSlope${below.index}`,
          }),
        ]
      : []),
  ];
}

function gradientOf(plan: Plan, layers: readonly LayerPlan[]): PassStep {
  const seen = layers.map((layer) => ({ layer, input: inputOf(plan, layer, { training: true }) }));
  const kernel = weightGradient(
    plan,
    seen.map(({ layer, input }) => ({ layer, input: input.place })),
  );
  return step(
    kernel,
    Object.fromEntries(seen.map(({ layer, input }) => [`input${layer.index}`, input.buffer])),
  );
}

function inGroups<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}

interface Input {
  readonly buffer: string;
  readonly place: InputPlace;
}

/** What a layer sees: the gathered windows, or the outputs of the layer below, with dropout while training. */
function inputOf(
  { layers, shape, rows }: Plan,
  layer: LayerPlan,
  { training }: { training: boolean },
): Input {
  const steps = shape.window * rows;
  const below = layers[layer.index - 1];
  if (!below) return { buffer: "inputs", place: { size: steps * layer.inputs, at: 0 } };
  if (training && below.keeps)
    return { buffer: `dropped${below.index}`, place: { size: steps * layer.inputs, at: 0 } };
  // The first block of `hidden` is the state before the first step.
  const place = { size: (steps + rows) * layer.inputs, at: rows * layer.inputs };
  return { buffer: `hidden${below.index}`, place };
}

const numbered = ({ index }: LayerPlan, ...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, `${name}${index}`]));

const step = (kernel: Kernel, buffers: Readonly<Record<string, string>> = {}): PassStep => ({
  kernel,
  buffers,
});
