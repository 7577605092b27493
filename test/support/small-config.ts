/** A configuration that trains in a moment. */
import { fillIn } from "../../server/recipe/complete-config.ts";
import type { TrainingConfig } from "../../server/recipe/training-config.ts";

export const smallConfig: TrainingConfig = {
  ...fillIn({
    window: 8,
    layers: [{ units: 6, dropout: 0.2 }],
    epochs: 3,
    batchSize: 16,
    learningRate: 0.01,
    testBars: 20,
  }),
  validationBars: 20,
};
