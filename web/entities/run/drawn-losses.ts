/** What a small picture of losses draws and says. Pure but for the page's language. */
import { t } from "../../lib/words/t.ts";

/** Losses fall by orders of magnitude: on a plain scale all but the first epochs would be one flat line. */
export function drawnLosses(losses: readonly number[]): readonly number[] {
  const known = losses.filter(Number.isFinite);
  return known.every((loss) => loss > 0) ? known.map(Math.log) : known;
}

/** For those who do not see it. */
export function lossWords(losses: readonly number[]): string {
  const known = losses.filter(Number.isFinite);
  if (known.length === 0) return t("No losses yet");
  const show = (loss: number) => Number(loss.toPrecision(3)).toString();
  const shown = { first: show(known[0]!), last: show(known.at(-1)!), lowest: show(Math.min(...known)) };
  return t("Losses from {first} to {last}, the lowest shown {lowest}", shown);
}
