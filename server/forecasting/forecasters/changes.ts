/** A series as changes from bar to bar: log returns where the training part is all positive, differences elsewhere. */
import { change } from "../transform.ts";
import type { TrainingBars } from "./baseline.ts";

export type ChangeForm = "LOG_RETURN" | "DIFFERENCE";

/** Judged by the training part alone: bars after it must not decide what is fitted on it. */
export function changeFormOf(values: Float64Array, { firstBar, endBar }: TrainingBars): ChangeForm {
  for (let bar = firstBar; bar < endBar; bar++) if (!(values[bar]! > 0)) return "DIFFERENCE";
  return "LOG_RETURN";
}

/** The change between two values; 0 where one of them has no logarithm. */
export function changeBetween(form: ChangeForm, from: number, to: number): number {
  if (form === "LOG_RETURN" && !(from > 0 && to > 0)) return 0;
  return change(form, from, to);
}

/** One a bar, from the bar before; 0 at bar 0. */
export function changesOf(form: ChangeForm, values: Float64Array): Float64Array {
  const changes = new Float64Array(values.length);
  for (let bar = 1; bar < values.length; bar++)
    changes[bar] = changeBetween(form, values[bar - 1]!, values[bar]!);
  return changes;
}
