/** What differs between the models of a group, as kernels see it: `models[model]`. */
import type { TrainingOptions } from "../engine.ts";
import { philoxKey } from "../philox.ts";

export const modelStruct =
  "struct Model { keyLow: u32, keyHigh: u32, learningRate: f32, clipNorm: f32, weightDecay: f32 }";
export const modelWords = 5;

/** No gradient is so short, so it says that none is clipped. */
const noClipping = 0;

export function encodeModels(options: readonly TrainingOptions[]): Uint32Array {
  const words = new Uint32Array(options.length * modelWords);
  const floats = new Float32Array(words.buffer);
  for (const [model, { seed, learningRate, clipNorm = noClipping, weightDecay = 0 }] of options.entries()) {
    const key = philoxKey(seed, "dropout");
    words.set([key.low, key.high], model * modelWords);
    floats.set([learningRate, clipNorm, weightDecay], model * modelWords + 2);
  }
  return words;
}
