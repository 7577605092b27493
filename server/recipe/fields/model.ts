/** Hyperparameters of the network. */
import { headInitChoices } from "../choices.ts";
import type { NumberRange, RecipeField } from "../recipe-field.ts";

export const modelFields = {
  layers: {
    kind: "LAYERS",
    minimum: 1,
    maximum: 4,
    default: [
      { units: 80, dropout: 0.2 },
      { units: 100, dropout: 0.2 },
    ],
    label: "GRU layers",
    help: "The first one sees the bars",
    description: "The recurrent layers, the input's first; 1 to 4.",
    group: "MODEL",
    since: 1,
    isSweepable: true,
  },
  resetAfter: {
    kind: "BOOLEAN",
    default: true,
    label: "Reset gate after the product",
    help: "As libraries do today; off: before it, as in the original formula",
    description:
      "True: the reset gate acts after the recurrent product (Keras 2+, PyTorch, cuDNN). False: before it, as in the original formula.",
    group: "MODEL",
    since: 1,
    isSweepable: true,
  },
  headInit: {
    kind: "CHOICE",
    choices: headInitChoices,
    default: "GLOROT",
    off: "GLOROT",
    label: "Output layer starts",
    help: "At zero the training begins with the naive forecast",
    description: "With which weights the output layer starts.",
    group: "MODEL",
    since: 5,
    isSweepable: true,
  },
} as const satisfies Record<string, RecipeField>;

/** Of one layer. */
export const layerRanges = {
  units: { minimum: 1, maximum: 512 },
  dropout: { minimum: 0, maximum: 1, isMaximumExclusive: true },
} as const satisfies Record<string, NumberRange>;
export const layerWords = {
  units: {
    label: "Units",
    help: "Numbers that the layer remembers",
    description: "Number of units, 1..512.",
  },
  dropout: {
    label: "Dropout",
    help: "Share of its outputs that is dropped in training",
    description: "Share of the layer's outputs that is dropped in training, [0, 1).",
  },
} as const;
