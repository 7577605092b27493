/** How well a run's intervals held, in words. Pure. */
import { type Target, volatilityFactor } from "../../entities/run/target.ts";
import { percent, pValue, tieFrom } from "../../lib/format.ts";
import type { Run } from "./run.ts";

export type Coverage = Run["coverage"][number];

/** "Held what it promised, p 0.56" (Kupiec 1995). */
export function heldInWords({ level, covered, kupiecPValue }: Coverage): string {
  if (kupiecPValue === null) return "Too few bars to tell";
  if (kupiecPValue >= tieFrom) return `Held what it promised, ${pValue(kupiecPValue)}`;
  return covered < level
    ? `Covers too little, ${pValue(kupiecPValue)}`
    : `Wider than it need be, ${pValue(kupiecPValue)}`;
}

/** Of volatility, which has a factor to either side rather than a distance: "÷ or × 2.5". */
export const widthInWords = ({ meanWidth }: Coverage, target: Target): string =>
  target.noun === "volatility"
    ? `÷ or × ${volatilityFactor(meanWidth / 2).toFixed(2)}`
    : target.error(meanWidth);

/** One decimal where it says something: "95%", "81.3%". */
export const share = (value: number): string =>
  percent(value, Math.abs(value * 100 - Math.round(value * 100)) < 0.05 ? 0 : 1);

const sources: Readonly<Record<string, string>> = {
  HAR: "HAR's forecast of the same bars' volatility",
  EWMA: "the exponentially weighted mean of past variances (EWMA)",
};

export const sourceInWords = (source: string | null): string =>
  source === null
    ? "As wide as the run's latest misses ask for"
    : `As wide as ${sources[source] ?? source} and the run's latest misses ask for`;
