/** The epochs of a long run, for a chart: real ones only, no extreme of either loss lost. */
import type { Epoch } from "./run.ts";
import { thinIndices } from "./thin.ts";

/** First and last stay; from 6 points on, so do the lowest and the highest train and validation loss. */
export function thinEpochs(epochs: readonly Epoch[], maxPoints: number): readonly Epoch[] {
  if (epochs.length <= maxPoints) return epochs;
  const train = epochs.map(({ trainLoss }) => trainLoss);
  const validation = epochs.map(({ validationLoss }) => validationLoss ?? Number.NaN);
  return Array.from(thinIndices([train, validation], maxPoints), (index) => epochs[index]!);
}
