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
