/**
 * An engine is trusted only after it proved itself on this machine: a small model is trained beside the float64
 * reference, and the standard batch is timed.
 */
import type { Engine, ModelShape, TrainingOptions, WindowSet } from "./engine.ts";
import { initialWeights } from "./initial-weights.ts";
import { ReferenceModel } from "./reference-model.ts";

/** float32 beside float64 after three updates: losses agree to about 1e-7 here, weights to about 1e-6. */
const tolerance = 1e-4;
/** One epoch of 32 batches is about the standard run's; slower engines are timed over fewer. */
const mostTimedBatches = 32;
const timedEpochs = 3;
const timedEpochMs = 250;

/** GRU(80) - dropout 0.2 - GRU(100) - dropout 0.2 - Dense(1), window 60, one feature, batch 64. */
export const standardShape: ModelShape = {
  features: 1,
  window: 60,
  horizon: 1,
  layers: [
    { units: 80, dropout: 0.2 },
    { units: 100, dropout: 0.2 },
  ],
  resetAfter: true,
};
export const standardOptions: TrainingOptions = { batchSize: 64, learningRate: 0.001, seed: 7 };

/** Windows on a smooth wave: something that a model can learn, and the same everywhere. */
export function waveWindows({ features, window, horizon }: ModelShape, count: number): WindowSet {
  const wave = (row: number, feature: number) => 0.5 + 0.4 * Math.sin(0.21 * row + feature);
  const rows = count + window + horizon;
  return {
    rows: Float32Array.from({ length: rows * features }, (_, i) =>
      wave(Math.floor(i / features), i % features),
    ),
    starts: Int32Array.from({ length: count }, (_, i) => i),
    targets: Float32Array.from({ length: count * horizon }, (_, i) =>
      wave(Math.floor(i / horizon) + window + (i % horizon), 0),
    ),
  };
}

/** Why the engine must not be trusted, or null when three batches went as the reference's. */
export async function disagreement(engine: Engine, resetAfter: boolean): Promise<string | null> {
  const layers = [
    { units: 5, dropout: 0.3 },
    { units: 18, dropout: 0.1 },
  ];
  const shape: ModelShape = { features: 2, window: 4, horizon: 2, layers, resetAfter };
  const options: TrainingOptions = { batchSize: 3, learningRate: 0.01, seed: 5 };
  const windows = waveWindows(shape, 8);
  const model = await engine.createModel(shape, options);
  try {
    const reference = new ReferenceModel(shape, options, await initialWeights(shape, options.seed));
    const { lossSum } = await model.trainEpoch(windows, 1);
    const expected = [0, 1, 2].reduce((sum, batch) => sum + reference.trainBatch(windows, 1, batch), 0);
    const { weights } = await model.snapshot();
    const lossError = Math.abs(lossSum / expected - 1);
    const weightError = relativeError(weights, reference.weights);
    if (lossError < tolerance && weightError < tolerance) return null;
    const variant = resetAfter ? "after" : "before";
    return `reset ${variant}: loss off by ${lossError.toExponential(1)}, weights by ${weightError.toExponential(1)}`;
  } finally {
    await model.dispose();
  }
}

/** Euclidean distance relative to the expected length. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let [distance, length] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    distance += (actual[i]! - expected[i]!) ** 2;
    length += expected[i]! ** 2;
  }
  return Math.sqrt(distance / (length || 1));
}

/**
 * Time of one training batch of the standard model: the median over epochs of several batches, as in a run, since
 * what an epoch costs once (a GPU's answer comes back once an epoch) is no batch's time. Takes about a second.
 * @param now milliseconds from any start.
 */
export async function standardBatchMs(engine: Engine, now = () => performance.now()): Promise<number> {
  const model = await engine.createModel(standardShape, standardOptions);
  try {
    const { batchSize } = standardOptions;
    let epoch = 0;
    const timed = async (batches: number) => {
      const windows = waveWindows(standardShape, batches * batchSize);
      const start = now();
      await model.trainEpoch(windows, ++epoch);
      return (now() - start) / batches;
    };
    await timed(1); // also pays for pages and caches
    const batches = Math.floor(timedEpochMs / (await timed(1)));
    const times: number[] = [];
    for (let i = 0; i < timedEpochs; i++)
      times.push(await timed(Math.min(Math.max(batches, 1), mostTimedBatches)));
    return times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
  } finally {
    await model.dispose();
  }
}
