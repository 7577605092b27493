/**
 * Which kernels make up a training batch and a prediction, in their order, and which buffer each of them means.
 *
 * Two layers with dropout between them take 16 dispatches a batch: gather; per layer project, gru-forward (and
 * dropout); head, head-gradient; per layer from the top gru-backward, weight-gradient (and project-backward,
 * dropout-backward for the layer below); sum-gradient, adam.
 */
import type { Kernel } from "./kernel.ts";
import { adam } from "./kernels/adam.ts";
import { dropoutBackward, dropoutForward } from "./kernels/dropout.ts";
import { gather } from "./kernels/gather.ts";
import { gruBackward } from "./kernels/gru-backward.ts";
import { gruForward } from "./kernels/gru-forward.ts";
import { headPrediction, headTraining } from "./kernels/head.ts";
import { headGradient } from "./kernels/head-gradient.ts";
import { type InputPlace, project } from "./kernels/project.ts";
import { projectBackward } from "./kernels/project-backward.ts";
import { sumGradient } from "./kernels/sum-gradient.ts";
import { weightGradient } from "./kernels/weight-gradient.ts";
import type { LayerPlan, Plan } from "./plan.ts";

/** A kernel, and the group's buffers by the names that the kernel gives them (where the names differ). */
export interface PassStep {
  readonly kernel: Kernel;
  readonly buffers: Readonly<Record<string, string>>;
}

/** Kernels for each slice of a batch: they leave the slice's gradient, added to that of the slices before. */
export function gradientPass(plan: Plan): readonly PassStep[] {
  const { layers } = plan;
  const last = layers.at(-1)!;
  const lastState = { hidden: `hidden${last.index}` };
  return [
    step(gather(plan, { shuffled: true })),
    ...layers.flatMap((layer) => [
      ...forward(plan, layer, inputOf(plan, layer, { training: true })),
      ...(isDroppedBetween(layer)
        ? [step(dropoutForward(plan, layer), numbered(layer, "hidden", "dropped"))]
        : []),
    ]),
    step(headTraining(plan), lastState),
    step(headGradient(plan)),
    ...layers.toReversed().flatMap((layer) => backward(plan, layer)),
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
    step(gather(plan, { shuffled: false })),
    ...layers.flatMap((layer) => forward(plan, layer, inputOf(plan, layer, { training: false }))),
    step(headPrediction(plan), { hidden: `hidden${layers.at(-1)!.index}` }),
  ];
}

function forward(plan: Plan, layer: LayerPlan, input: Input): PassStep[] {
  return [
    step(project(plan, layer, input.place), { input: input.buffer, ...numbered(layer, "projected") }),
    step(gruForward(plan, layer), numbered(layer, "projected", "hidden", "gates")),
  ];
}

function backward(plan: Plan, layer: LayerPlan): PassStep[] {
  const input = inputOf(plan, layer, { training: true });
  const own = numbered(layer, "projected", "hidden", "gates");
  const outputSlope = layer.isLast ? "lastOutputSlope" : `outputSlope${layer.index}`;
  const below = plan.layers[layer.index - 1];
  return [
    step(gruBackward(plan, layer), { ...own, outputSlope }),
    step(weightGradient(plan, layer, input.place), { ...own, input: input.buffer }),
    ...(below
      ? [step(projectBackward(plan, layer), { ...own, inputSlope: `outputSlope${below.index}` })]
      : []),
    ...(below && isDroppedBetween(below)
      ? [step(dropoutBackward(plan, below), numbered(below, "outputSlope"))]
      : []),
  ];
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
  if (training && isDroppedBetween(below))
    return { buffer: `dropped${below.index}`, place: { size: steps * layer.inputs, at: 0 } };
  // The first block of `hidden` is the state before the first step.
  const place = { size: (steps + rows) * layer.inputs, at: rows * layer.inputs };
  return { buffer: `hidden${below.index}`, place };
}

/** The last layer's dropout acts on one time step only: the head does it. */
const isDroppedBetween = (layer: LayerPlan) => !layer.isLast && layer.dropout > 0;

const numbered = ({ index }: LayerPlan, ...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, `${name}${index}`]));

const step = (kernel: Kernel, buffers: Readonly<Record<string, string>> = {}): PassStep => ({
  kernel,
  buffers,
});
