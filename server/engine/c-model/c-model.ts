/**
 * The C source's outside (native/src/job.h), the same whether it runs as an addon or as WASM: a model made from
 * a list of numbers, and jobs on it, each a number and a list of arrays.
 */
import type { ModelShape, TrainingOptions } from "../engine.ts";
import { losses } from "../loss.ts";
import { philoxKey } from "../philox.ts";

/** As `enum JobKind` has them. */
export const jobs = { train: 0, predict: 1, gradient: 2, read: 3, write: 4 } as const;
export type JobName = keyof typeof jobs;

export type JobArray = Float32Array | Float64Array | Int32Array;

/** One model in the C source's memory, with its threads. */
export interface CModel {
  /**
   * Runs one job off the event loop; the arrays that it writes hold its answer when the promise is kept.
   * @param stops for jobs that have a control array.
   */
  run(job: JobName, arrays: readonly JobArray[], stops?: Stops): Promise<void>;
  /** Gives memory and threads back. */
  dispose(): Promise<void>;
}

/** Ways to end a job before its end. */
export interface Stops {
  /** After the batch in hand. */
  readonly pause?: AbortSignal | undefined;
  /** At once: a batch in hand changes nothing. */
  readonly leave?: AbortSignal | undefined;
}

/** Where the control array of a job holds what. */
export const control = { pause: 0, epoch: 1, batch: 2, dropping: 3, leave: 4, length: 5 } as const;
/** Which of a job's arrays that is; -1: it has none. */
export const controlIndex = {
  train: 4,
  gradient: 4,
  predict: 3,
  read: -1,
  write: -1,
} as const satisfies Record<JobName, number>;

/** Sets the job's numbers when the signals abort, until it has ended. @returns the way to stop listening. */
export function obey({ pause, leave }: Stops, set: (place: number) => void): () => void {
  const listening = [
    [pause, () => set(control.pause)],
    [leave, () => set(control.leave)],
  ] as const;
  for (const [signal, act] of listening) {
    if (signal?.aborted) act();
    signal?.addEventListener("abort", act, { once: true });
  }
  return () => {
    for (const [signal, act] of listening) signal?.removeEventListener("abort", act);
  };
}

/** The list of numbers that `read_config` (native/src/model.c) reads. */
export function cModelConfig(shape: ModelShape, options: TrainingOptions, threads: number): Float64Array {
  return Float64Array.of(
    threads,
    shape.features,
    shape.window,
    shape.horizon,
    shape.resetAfter ? 1 : 0,
    options.batchSize,
    options.clipNorm ?? 0,
    options.weightDecay ?? 0,
    losses.indexOf(options.loss ?? "MSE"),
    ...dropoutKeyWords(options.seed),
    shape.layers.length,
    ...shape.layers.flatMap(({ units, dropout }) => [units, dropout]),
  );
}

function dropoutKeyWords(seed: number): [number, number] {
  const { low, high } = philoxKey(seed, "dropout");
  return [low, high];
}
