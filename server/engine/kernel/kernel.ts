/**
 * The C source's outside (native/src/job.h), the same whether it runs as an addon or as WASM: a model made from
 * a list of numbers, and jobs on it, each a number and a list of arrays.
 */
import type { ModelShape, TrainingOptions } from "../engine.ts";
import { philoxKey } from "../philox.ts";

/** As `enum JobKind` has them. */
export const jobs = { train: 0, predict: 1, gradient: 2, read: 3, write: 4 } as const;
export type JobName = keyof typeof jobs;

export type JobArray = Float32Array | Float64Array | Int32Array;

/** One model in the C source's memory, with its threads. */
export interface Kernel {
  /**
   * Runs one job off the event loop; the arrays that it writes hold its answer when the promise is kept.
   * @param signal asks a training job to stop after the batch in hand.
   */
  run(job: JobName, arrays: readonly JobArray[], signal?: AbortSignal): Promise<void>;
  /** Gives memory and threads back. */
  dispose(): Promise<void>;
}

/** Where a training job's control array holds what. */
export const control = { abort: 0, epoch: 1, batch: 2, dropping: 3, length: 4 } as const;

/** The list of numbers that `read_config` (native/src/model.c) reads. */
export function kernelConfig(shape: ModelShape, options: TrainingOptions, threads: number): Float64Array {
  return Float64Array.of(
    threads,
    shape.features,
    shape.window,
    shape.horizon,
    shape.resetAfter ? 1 : 0,
    options.batchSize,
    options.learningRate,
    options.clipNorm ?? 0,
    options.weightDecay ?? 0,
    ...dropoutKeyWords(options.seed),
    shape.layers.length,
    ...shape.layers.flatMap(({ units, dropout }) => [units, dropout]),
  );
}

function dropoutKeyWords(seed: number): [number, number] {
  const { low, high } = philoxKey(seed, "dropout");
  return [low, high];
}
