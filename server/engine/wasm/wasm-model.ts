/** One model in WebAssembly memory and the threads that work on it; nothing of it runs on the caller's thread. */
import { once } from "node:events";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import {
  type CModel,
  control,
  controlIndex,
  type JobArray,
  type JobName,
  jobs,
  obey,
  type Stops,
} from "../c-model/c-model.ts";
import { packageRoot } from "../package-root.ts";

const threadFile = join(packageRoot, "server", "engine", "wasm", "model-thread.mjs");
/** As the modules declare it (scripts/build-wasm.mjs). */
const mostPages = 65536;
const fewestPages = 32;
const stackBytes = 256 * 1024;

/** Which of a job's arrays it writes, in the order of native/src/job.h. */
const outputs = {
  train: [5],
  predict: [2],
  gradient: [5, 6],
  read: [0, 1, 2, 3],
  write: [],
} as const satisfies Record<JobName, readonly number[]>;

interface Ready {
  readonly model: number;
  readonly control: number;
  readonly stacks: readonly number[];
}

export class WasmModel implements CModel {
  private readonly gone: Promise<unknown>;
  private failure: Error | undefined;

  private constructor(
    private readonly conductor: Worker,
    private readonly helpers: readonly Worker[],
    private readonly steering: Int32Array,
  ) {
    const threads = [conductor, ...helpers];
    this.gone = Promise.all(threads.map((thread) => new Promise((resolve) => thread.once("exit", resolve))));
    for (const thread of threads) thread.unref();
    conductor.on("error", (error) => {
      this.failure = error;
    });
    // The conductor would wait for a lost helper for ever: whoever waits for the conductor hears of it.
    for (const helper of helpers) helper.on("error", (error) => conductor.emit("error", error));
  }

  /** @throws Error when the model does not fit into 4 GB. */
  static async create(module: WebAssembly.Module, config: Float64Array, threads: number): Promise<WasmModel> {
    const memory = new WebAssembly.Memory({ initial: fewestPages, maximum: mostPages, shared: true });
    const start = (data: object) => new Worker(threadFile, { workerData: { module, memory, ...data } });
    const conductor = start({ config, helpers: threads - 1, stackBytes, controlLength: control.length });
    const [ready] = (await once(conductor, "message")) as [Ready];
    const helpers = ready.stacks.map((stack) => start({ helper: { model: ready.model, stack } }));
    const steering = new Int32Array(memory.buffer, ready.control, control.length);
    return new WasmModel(conductor, helpers, steering);
  }

  async run(job: JobName, arrays: readonly JobArray[], stops: Stops = {}): Promise<void> {
    if (this.failure) throw this.failure;
    if (controlIndex[job] >= 0) this.steering.set(arrays[controlIndex[job]] as Int32Array);
    const stopListening = obey(stops, (place) => Atomics.store(this.steering, place, 1));
    this.conductor.ref();
    try {
      this.conductor.postMessage({
        kind: jobs[job],
        arrays,
        controlIndex: controlIndex[job],
        outputs: outputs[job],
      });
      const [results] = (await once(this.conductor, "message")) as [JobArray[]];
      for (const [i, index] of outputs[job].entries()) arrays[index]!.set(results[i]!);
    } finally {
      this.conductor.unref();
      stopListening();
    }
  }

  async dispose(): Promise<void> {
    const threads = [this.conductor, ...this.helpers];
    for (const thread of threads) thread.ref();
    if (this.failure) for (const thread of threads) thread.terminate();
    else this.conductor.postMessage({ close: true });
    await this.gone;
  }
}
