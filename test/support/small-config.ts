/** A configuration that trains in a moment. */
import type { TrainingConfig } from "../../server/recipe/training-config.ts";

export const smallConfig: TrainingConfig = {
  target: "CLOSE",
  transform: "PRICE",
  features: ["CLOSE"],
  window: 8,
  horizon: 1,
  layers: [{ units: 6, dropout: 0.2 }],
  resetAfter: true,
  epochs: 3,
  batchSize: 16,
  learningRate: 0.01,
  clipNorm: null,
  weightDecay: 0,
  seed: 7,
  testBars: 20,
  validationBars: 20,
  validateOnTest: false,
  scalerFit: "TRAIN",
};
