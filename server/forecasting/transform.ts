/** Prices as what the network learns: themselves, differences, or logarithms of ratios; and back. */
import type { TargetTransform, TrainingConfig } from "../recipe/training-config.ts";

/** With its window's last value taken off, what a network says of a price is a change from it. */
export const learnedAs = ({
  transform,
  inputForm,
}: Pick<TrainingConfig, "transform" | "inputForm">): TargetTransform =>
  transform === "PRICE" && inputForm === "MINUS_LAST" ? "DIFFERENCE" : transform;

/** What the network is shown for going from `last` to `price`. */
export function change(transform: TargetTransform, last: number, price: number): number {
  if (transform === "DIFFERENCE") return price - last;
  if (transform === "LOG_RETURN") return Math.log(price / last);
  return price;
}

/** The price that a predicted change from `last` leads to: undoes `change`. */
export function priceAfter(transform: TargetTransform, last: number, predicted: number): number {
  if (transform === "DIFFERENCE") return last + predicted;
  if (transform === "LOG_RETURN") return last * Math.exp(predicted);
  return predicted;
}
