/** A checkpoint as bytes: weights, first moment, second moment and, where there is a best epoch, its weights. */
import type { EpochProgress } from "../engine/engine.ts";
import { decodeFramed, encodeFramed, type Format } from "./framed-arrays.ts";
import type { Plateau } from "./learning-rate.ts";
import type { BestEpoch, Checkpoint } from "./training.ts";

const format: Format = { magic: "GATECKPT", version: 1, name: "a checkpoint" };

interface Header {
  readonly epoch: number;
  readonly progress: EpochProgress | ProgressBefore;
  readonly elapsedMs: number;
  readonly step: number;
  readonly best: Omit<BestEpoch, "weights"> | null;
  readonly plateau?: Plateau;
}

/** Before there were other losses. */
type ProgressBefore = Omit<EpochProgress, "lossSum"> & { readonly squaredError: number };

export function encodeCheckpoint({ state, best, ...rest }: Checkpoint): Uint8Array {
  const header: Header = { ...rest, step: state.step, best: best && withoutWeights(best) };
  const arrays = [state.weights, state.firstMoment, state.secondMoment, ...(best ? [best.weights] : [])];
  return encodeFramed(format, header, arrays);
}

/** @throws RangeError when the bytes are no checkpoint, are cut short, or come from another version */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const { header, arrays } = decodeFramed<Header>(format, bytes, ({ best }) => (best ? 4 : 3));
  const { epoch, progress, elapsedMs, step, best, plateau } = header;
  const [weights, firstMoment, secondMoment, bestWeights] = arrays;
  return {
    epoch,
    progress: readProgress(progress),
    elapsedMs,
    state: { weights: weights!, firstMoment: firstMoment!, secondMoment: secondMoment!, step },
    best: best && { ...best, weights: bestWeights! },
    ...(plateau && { plateau }),
  };
}

function readProgress(progress: EpochProgress | ProgressBefore): EpochProgress {
  if ("lossSum" in progress) return progress;
  const { squaredError, ...rest } = progress;
  return { ...rest, lossSum: squaredError };
}

const withoutWeights = ({ weights: _, ...best }: BestEpoch): Header["best"] => best;
