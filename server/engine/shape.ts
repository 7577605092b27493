/** What every engine refuses before it allocates anything. */
import {
  type ModelShape,
  type ModelState,
  ShapeUnsupported,
  type TrainingOptions,
  type WindowSet,
} from "./engine.ts";
import { weightCount } from "./weights.ts";

/** @throws ShapeUnsupported when a size is outside what engine.ts promises. */
export function checkShape({ features, window, horizon, layers }: ModelShape): void {
  const require = (what: string, value: number, least: number, most: number) => {
    if (!Number.isInteger(value) || value < least || value > most) {
      throw new ShapeUnsupported(`${what} must be a whole number from ${least} to ${most}, got ${value}`);
    }
  };
  require("features", features, 1, 32);
  require("window", window, 2, 512);
  require("horizon", horizon, 1, 60);
  require("the number of layers", layers.length, 1, 4);
  for (const [index, { units, dropout }] of layers.entries()) {
    require(`units of layer ${index + 1}`, units, 1, 512);
    if (!(dropout >= 0 && dropout < 1)) {
      throw new ShapeUnsupported(
        `dropout of layer ${index + 1} must be at least 0 and below 1, got ${dropout}`,
      );
    }
  }
}

/** @throws RangeError when an option is not a usable number. */
export function checkOptions(options: TrainingOptions): void {
  const { batchSize, learningRate, seed, clipNorm } = options;
  require("batchSize must be a whole number from 1 to 4096", Number.isInteger(batchSize) &&
    batchSize >= 1 &&
    batchSize <= 4096, batchSize);
  require("seed must be a whole number from 0 to 2^53 - 1", Number.isSafeInteger(seed) && seed >= 0, seed);
  require("clipNorm must be above 0", clipNorm === undefined || clipNorm > 0, clipNorm);
  checkLearningRate(learningRate, options);
}

/** @throws RangeError when a model with these options cannot be trained at this rate. */
export function checkLearningRate(rate: number, { weightDecay = 0 }: TrainingOptions): void {
  require("learningRate must be above 0 and at most 1000", rate > 0 && rate <= 1000, rate);
  // Beyond 1 a step would turn the weights' sign and soon overflow them.
  require("learningRate x weightDecay must be from 0 to 1", weightDecay >= 0 &&
    rate * weightDecay <= 1, weightDecay);
}

/** @throws RangeError when models with these options cannot be trained at these rates. */
export function checkLearningRates(rates: readonly number[], options: readonly TrainingOptions[]): void {
  if (rates.length !== options.length)
    throw new RangeError(`expected ${options.length} learning rates, got ${rates.length}`);
  for (const [index, rate] of rates.entries()) checkLearningRate(rate, options[index]!);
}

function require(what: string, holds: boolean, value: number | undefined): void {
  if (!holds) throw new RangeError(`${what}, got ${value}`);
}

/** @throws RangeError when models with these options cannot train together. */
export function checkCompany(options: readonly TrainingOptions[]): void {
  if (options.length === 0) throw new RangeError("models that train together must be one or more, got none");
  const sizes = [...new Set(options.map(({ batchSize }) => batchSize))];
  if (sizes.length > 1)
    throw new RangeError(`models that train together need one batch size, got ${sizes.join(" and ")}`);
  const losses = [...new Set(options.map(({ loss = "MSE" }) => loss))];
  if (losses.length > 1)
    throw new RangeError(`models that train together need one loss, got ${losses.join(" and ")}`);
}

/** @throws RangeError when there is not one state for each of the models. */
export function checkStates(states: readonly ModelState[], models: number): void {
  if (states.length !== models) throw new RangeError(`expected ${models} states, got ${states.length}`);
}

/** @throws RangeError when the state belongs to another shape. */
export function checkState(shape: ModelShape, { weights, firstMoment, secondMoment }: ModelState): void {
  const count = weightCount(shape);
  for (const { length } of [weights, firstMoment, secondMoment])
    if (length !== count)
      throw new RangeError(`the state of this model holds ${count} numbers an array, got ${length}`);
}

/** @throws RangeError when a window reaches outside the rows: an engine would read foreign memory. */
export function checkWindows(
  { features, window, horizon }: ModelShape,
  windows: Omit<WindowSet, "targets"> & { readonly targets?: Float32Array },
): void {
  const { rows, starts, targets } = windows;
  if (rows.length % features !== 0) {
    throw new RangeError(`rows must hold whole rows of ${features} numbers, got ${rows.length} numbers`);
  }
  const last = rows.length / features - window;
  for (const start of starts) {
    if (start < 0 || start > last) {
      throw new RangeError(`a window must start at a row from 0 to ${last}, got ${start}`);
    }
  }
  if (targets !== undefined && targets.length !== starts.length * horizon) {
    throw new RangeError(`expected ${starts.length} x ${horizon} targets, got ${targets.length}`);
  }
}
