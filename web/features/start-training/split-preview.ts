/** How many bars each split would get. Pure. */
import { type FormValues, numberOf } from "./form-values.ts";

export interface SplitBars {
  /** Negative where the others ask for more than there is. */
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

type Cuts = Pick<
  FormValues,
  "testBars" | "validationBars" | "validateOnTest" | "window" | "horizon" | "transform" | "scalerFit"
>;

export function splitBars(values: Cuts, barCount: number): SplitBars {
  const test = wholeOrZero(values.testBars);
  const validation =
    values.validationBars.trim() === ""
      ? usualValidation(values, barCount - test)
      : wholeOrZero(values.validationBars);
  return { train: barCount - validation - test, validation, test };
}

/** A tenth of the bars before the test; none where the test validates, or where a tenth holds no window. */
function usualValidation(values: Cuts, barsBeforeTest: number): number {
  if (values.validateOnTest) return 0;
  const tenth = Math.floor(barsBeforeTest / 10);
  return tenth >= fewestHeldOut(values) ? tenth : 0;
}

/** Fewest bars with which the training split has a window. */
export const fewestTrained = (values: Cuts): number =>
  wholeOrZero(values.window) + wholeOrZero(values.horizon) + (values.transform === "PRICE" ? 0 : 1);

/** Fewest bars with which a split that is held out has a window. */
export const fewestHeldOut = (values: Cuts): number =>
  // Refit on each split, the scaler lets no window reach back into the split before.
  values.scalerFit === "EACH_SPLIT" ? fewestTrained(values) : wholeOrZero(values.horizon);

const wholeOrZero = (text: string): number => {
  const value = numberOf(text);
  return Number.isSafeInteger(value) && value > 0 ? value : 0;
};
