/** The words that a configuration may choose from. */
import type { PriceField } from "../domain/price-series.ts";
import type { ChoiceSet } from "./recipe-field.ts";

export const priceFieldChoices = {
  type: "PriceField",
  description: "A number that a bar has.",
  values: {
    OPEN: { label: "Open", meaning: "First price of the bar." },
    HIGH: { label: "High", meaning: "Highest price of the bar." },
    LOW: { label: "Low", meaning: "Lowest price of the bar." },
    CLOSE: { label: "Close", meaning: "Last price of the bar." },
    ADJUSTED_CLOSE: {
      label: "Adjusted close",
      meaning: "Last price, adjusted for dividends and splits by the source; not every source has it.",
    },
    VOLUME: { label: "Volume", meaning: "Amount traded; not every source has it." },
    LOG_VARIANCE: {
      label: "Volatility",
      meaning:
        "Logarithm of the bar's variance (Garman and Klass 1980; Parkinson 1980 where there is no open): how much the price moved within the bar.",
    },
  },
} as const satisfies ChoiceSet<PriceField>;

/** What the network predicts: the price itself, its change from the last known price, or the logarithm of their ratio. */
export const targetTransformChoices = {
  type: "TargetTransform",
  description:
    "What the network is asked to predict; every score and overlay is reported back in price units.",
  values: {
    PRICE: { label: "The price itself", meaning: "The price itself." },
    DIFFERENCE: { label: "Its change", meaning: "The change from the last known price." },
    LOG_RETURN: {
      label: "Its log return",
      meaning: "The logarithm of its ratio to the last known price.",
    },
  },
} as const satisfies ChoiceSet;

export const scalerFitChoices = {
  type: "ScalerFit",
  description:
    "TRAIN: the scaler sees the training split only. EACH_SPLIT: refit per split, as the original recipe does; it leaks, and the run says so.",
  values: {
    TRAIN: { label: "The training split", meaning: "Fitted to the training split, used for all." },
    EACH_SPLIT: {
      label: "Each split on its own (it leaks)",
      meaning: "Fitted to each split anew: knows the range of prices that are still to come.",
    },
  },
} as const satisfies ChoiceSet;

export const scalerChoices = {
  type: "Scaler",
  description: "How numbers are brought to the size that a network learns best.",
  values: {
    MINMAX: { label: "To 0 to 1", meaning: "The lowest value becomes 0, the highest 1." },
    STANDARD: {
      label: "To mean 0 and deviation 1",
      meaning: "Less the mean, over the standard deviation: a single extreme does not squeeze all others.",
    },
  },
} as const satisfies ChoiceSet;

/** How the price fields among the inputs are shown to the network. Indicators are shown as they are. */
export const inputFormChoices = {
  type: "InputForm",
  description: "In which form the network sees the fields of a bar.",
  values: {
    AS_TARGET: {
      label: "As the target is learned",
      meaning: "As changes where the target is learned as a change, as levels otherwise.",
    },
    LEVEL: { label: "Their level", meaning: "The values themselves." },
    CHANGE: {
      label: "Their change",
      meaning: "The log return where the target is learned as one, the difference otherwise.",
    },
    MINUS_LAST: {
      label: "Their distance to the window's last",
      meaning:
        "The window's last value is taken off each value, and put back onto what is predicted: no level to fall behind (Zeng et al. 2023, NLinear).",
    },
  },
} as const satisfies ChoiceSet;

/** What the training makes small. server/engine/loss.ts has the equations. */
export const lossChoices = {
  type: "TrainingLoss",
  description: "What the training makes small: the mean of it over all targets, in scaled units.",
  values: {
    MSE: {
      label: "Squared error",
      meaning: "The square of the error: its best forecast is the mean, and large errors count most.",
    },
    MAE: {
      label: "Absolute error",
      meaning: "The size of the error: its best forecast is the median, and no single bar decides.",
    },
    HUBER: {
      label: "Huber's",
      meaning:
        "Half of the square up to an error of 1 in scaled units, the size less a half beyond (Huber 1964). For the scaler STANDARD: scaled by MINMAX, errors hardly ever reach 1.",
    },
  },
} as const satisfies ChoiceSet;

/** Epochs without a lower loss after which PLATEAU halves the learning rate. */
export const plateauPatience = 5;

/** How the learning rate changes from epoch to epoch. server/forecasting/learning-rate.ts has the equations. */
export const learningRateScheduleChoices = {
  type: "LearningRateSchedule",
  description: "How the learning rate changes from epoch to epoch.",
  values: {
    CONSTANT: { label: "Stays", meaning: "The same in every epoch." },
    STEP: {
      label: "Falls in two steps",
      meaning: "A tenth of it after half of the epochs, a hundredth after three quarters (He et al. 2016).",
    },
    COSINE: {
      label: "Falls as a cosine",
      meaning:
        "From the learning rate towards 0 over all epochs, slowly at both ends (Loshchilov and Hutter 2017, without restarts).",
    },
    PLATEAU: {
      label: "Is halved when stuck",
      meaning: `Halved after ${plateauPatience} epochs in a row without a lower loss (the validation's, the training's where nothing validates), down to a thousandth, as Keras' ReduceLROnPlateau.`,
    },
  },
} as const satisfies ChoiceSet;

export const headInitChoices = {
  type: "HeadInit",
  description: "With which weights the output layer starts.",
  values: {
    GLOROT: { label: "Random", meaning: "Random weights (Glorot and Bengio 2010), as in Keras." },
    ZERO: {
      label: "Zero",
      meaning:
        "Weights of 0 and the mean training target as bias: before the first epoch the forecast is the drift or the last value.",
    },
  },
} as const satisfies ChoiceSet;
