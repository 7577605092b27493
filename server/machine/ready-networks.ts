/**
 * Trained networks that only predict, ready in this process: for the API, which answers forecasts between other requests. On
 * the processor alone, one thread a network: a few windows have no use for more, and a GPU belongs to the workers.
 */
import type { Engine, EngineModel, ModelShape, WindowSet } from "../engine/engine.ts";
import { NativeEngine } from "../engine/native/native-engine.ts";
import { WasmEngine } from "../engine/wasm/wasm-engine.ts";

interface Network {
  readonly shape: ModelShape;
  readonly weights: Float32Array;
}

interface Kept {
  readonly model: Promise<EngineModel>;
  /** Ends with the last of the calls so far: a model has one at a time. */
  turn: Promise<unknown>;
  weights: number;
}

/** Also a process with hundreds of runs has few whose forecasts are looked at. */
const mostKept = 32;
/** With Adam's moments, which a model has although it does not train, 12 bytes each: about 100 MB. */
const mostWeights = 8_000_000;

/** Fastest first. Both hold the same C source. */
const onProcessor: readonly (() => Engine)[] = [
  () => new NativeEngine({ threads: 1 }),
  () => new WasmEngine({ threads: 1 }),
];

/** Windows computed at a time: more would only take memory. Training has its own options, of which none matters here. */
const options = { batchSize: 8, learningRate: 0.001, seed: 0 };

/** @param loaders of engines, the first that loads is taken; they throw EngineUnavailable */
export function readyNetworks(loaders: readonly (() => Engine)[] = onProcessor) {
  const kept = new Map<string, Kept>();
  let loaded: Engine | null = null;

  const create = async (network: () => Network | Promise<Network>): Promise<EngineModel> => {
    const { shape, weights } = await network();
    loaded ??= firstOf(loaders);
    const model = await loaded.createModel(shape, options);
    try {
      const zeros = new Float32Array(weights.length);
      await model.restore({ weights, firstMoment: zeros, secondMoment: zeros, step: 0 });
      return model;
    } catch (error) {
      await model.dispose();
      throw error;
    }
  };

  const drop = async (id: string, { model, turn }: Kept): Promise<void> => {
    kept.delete(id);
    await turn;
    await (await model).dispose();
  };

  /** The one that was asked last is last. */
  const keptFor = (id: string, network: () => Network | Promise<Network>): Kept => {
    const known = kept.get(id);
    if (known) {
      kept.delete(id);
      kept.set(id, known);
      return known;
    }
    let weights = 0;
    const model = create(async () => {
      const brought = await network();
      weights = brought.weights.length;
      return brought;
    });
    const made: Kept = { model, turn: Promise.resolve(), weights: 0 };
    kept.set(id, made);
    model.then(
      () => {
        made.weights = weights;
        makeRoom();
      },
      // It is brought anew for whoever asks next.
      () => kept.get(id) === made && kept.delete(id),
    );
    return made;
  };

  function makeRoom(): void {
    let room = mostWeights;
    for (const [place, [id, one]] of [...kept].reverse().entries()) {
      room -= one.weights;
      if (place > 0 && (room < 0 || place >= mostKept)) drop(id, one).catch(() => undefined);
    }
  }

  return {
    async predict(
      runId: string,
      network: () => Network | Promise<Network>,
      windows: Omit<WindowSet, "targets">,
    ): Promise<Float32Array> {
      const one = keptFor(runId, network);
      const said = one.turn.then(async () => (await one.model).predict(windows));
      one.turn = said.catch(() => undefined);
      return said;
    },
    async close(): Promise<void> {
      await Promise.allSettled([...kept].map(([id, one]) => drop(id, one)));
      await loaded?.dispose();
    },
  };
}

/** @throws what the last one throws */
function firstOf(loaders: readonly (() => Engine)[]): Engine {
  for (const [at, load] of loaders.entries()) {
    try {
      return load();
    } catch (error) {
      if (at === loaders.length - 1) throw error;
    }
  }
  throw new Error("there must be an engine to load");
}
