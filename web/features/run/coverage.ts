/** How well a run's intervals held, in words. Pure. */
import { type Target, volatilityFactor } from "../../entities/run/target.ts";
import { percent, pValue, tieFrom } from "../../lib/format.ts";
import { t } from "../../lib/words/t.ts";
import type { Run } from "./run.ts";

export type Coverage = Run["coverage"][number];

/** "Held what it promised, p 0.56" (Kupiec 1995). */
export function heldInWords({ level, covered, kupiecPValue }: Coverage): string {
  if (kupiecPValue === null) return t("Too few bars to tell");
  const p = pValue(kupiecPValue);
  if (kupiecPValue >= tieFrom) return t("Held what it promised, {p}", { p });
  return covered < level ? t("Covers too little, {p}", { p }) : t("Wider than it need be, {p}", { p });
}

/** Of volatility, which has a factor to either side rather than a distance: "÷ or × 2.5". */
export const widthInWords = ({ meanWidth }: Coverage, target: Target): string =>
  target.noun === "volatility"
    ? t("÷ or × {factor}", { factor: volatilityFactor(meanWidth / 2).toFixed(2) })
    : target.error(meanWidth);

/** One decimal where it says something: "95%", "81.3%". */
export const share = (value: number): string =>
  percent(value, Math.abs(value * 100 - Math.round(value * 100)) < 0.05 ? 0 : 1);

const nameOfSource = (source: string): string => {
  if (source === "HAR") return t("HAR's forecast of the same bars' volatility");
  if (source === "EWMA") return t("the exponentially weighted mean of past variances (EWMA)");
  return source;
};

export const sourceInWords = (source: string | null): string =>
  source === null
    ? t("As wide as the run's latest misses ask for")
    : t("As wide as {source} and the run's latest misses ask for", { source: nameOfSource(source) });
