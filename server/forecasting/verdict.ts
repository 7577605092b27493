/** One plain sentence about a run's model: how it stands against what must be beaten, and how sure that is. */
import type { Forecaster } from "../domain/forecaster.ts";
import { type ForecasterScores, tieFrom } from "../domain/results.ts";
import type { TargetKind } from "./forecaster-scores.ts";
import { skill } from "./statistics/errors.ts";

const names: Record<Exclude<Forecaster, "GRU" | "ENSEMBLE" | "OUTSIDE" | "LAST_VALUE">, string> = {
  DRIFT: "the drift",
  MEAN: "the mean",
  SEASONAL: "the same weekday",
  AR: "AR",
  EWMA: "EWMA",
  HAR: "HAR",
  HAR_LEVERAGE: "HAR with leverage",
};
const isBaseline = (forecaster: Forecaster): forecaster is keyof typeof names => forecaster in names;

/**
 * Prices are compared with the last price, log variances with the last value and, of all other baselines, the one
 * with the smallest mae: beating a weak one would say little. Outside forecasts are nobody's baseline.
 * @param rows of one split, fold and step
 * @param of whose the sentence is: the forecaster that the rows' Diebold-Mariano tests are about
 * @returns e.g. "Beats the last value by 15 % (p 0.001) and HAR by 6 % (p 0.002)."; null where its row or the last
 *   value's is missing
 */
export function verdict(
  rows: readonly ForecasterScores[],
  kind: TargetKind["kind"],
  of: Forecaster = "GRU",
): string | null {
  const model = rows.find(({ forecaster }) => forecaster === of);
  const last = rows.find(({ forecaster }) => forecaster === "LAST_VALUE");
  if (!model || !last) return null;
  const compared = [compare(model, last, kind === "PRICE" ? "the last price" : "the last value")];
  const best = bestBaseline(rows);
  if (kind === "LOG_VARIANCE" && best) compared.push(compare(model, best.row, best.name));
  return sentence(compared);
}

function bestBaseline(rows: readonly ForecasterScores[]) {
  const baselines = rows.flatMap((row) =>
    isBaseline(row.forecaster) ? [{ row, name: names[row.forecaster] }] : [],
  );
  return baselines.sort((a, b) => a.row.mae - b.row.mae)[0];
}

type Outcome = "beats" | "worse" | "ties" | "untested";

interface Comparison {
  readonly outcome: Outcome;
  readonly name: string;
  /** 1 - the model's mae / the baseline's. */
  readonly skill: number;
  /** Null: no test exists. */
  readonly pValue: number | null;
}

function compare(model: ForecasterScores, baseline: ForecasterScores, name: string): Comparison {
  const over = skill(model.mae, baseline.mae);
  const pValue = baseline.dieboldMariano?.pValue ?? null;
  const outcome = pValue === null ? "untested" : pValue >= tieFrom ? "ties" : over > 0 ? "beats" : "worse";
  return { outcome, name, skill: over, pValue };
}

/** What comes before a baseline's name: as the sentence opens, and where it goes on. */
const verbs: Record<Outcome, { readonly opening: string; readonly further: string }> = {
  beats: { opening: "Beats", further: "beats" },
  worse: { opening: "Worse than", further: "is worse than" },
  ties: { opening: "Ties with", further: "ties with" },
  untested: { opening: "Cannot be tested against", further: "cannot be tested against" },
};
/** The second of two with the same outcome: "Beats A by ... and B by ...". */
const repeated: Record<Outcome, string> = { beats: "", worse: "than ", ties: "with ", untested: "against " };

function sentence([first, second]: readonly Comparison[]): string {
  const opening = `${verbs[first!.outcome].opening} ${figures(first!)}`;
  if (!second) return `${opening}.`;
  if (second.outcome === first!.outcome)
    return `${opening} and ${repeated[second.outcome]}${figures(second)}.`;
  return `${opening} but ${verbs[second.outcome].further} ${figures(second)}.`;
}

function figures({ outcome, name, skill, pValue }: Comparison): string {
  if (pValue === null) return `${name} (${signedPercent(skill)})`;
  if (outcome === "ties") return `${name} (${signedPercent(skill)}, ${inWords(pValue)})`;
  const shown = percent(Math.abs(skill));
  return `${name} by ${shown === none ? "less than 0.01 %" : shown} (${inWords(pValue)})`;
}

const none = "0 %";

const signedPercent = (share: number): string => {
  const shown = percent(Math.abs(share));
  return shown === none ? shown : `${share > 0 ? "+" : "-"}${shown}`;
};

/** 15 %, 3.1 %, 0.04 %: whole from ten on, else one decimal, else one digit, as far as hundredths. */
function percent(share: number): string {
  const value = 100 * share;
  const decimals = value >= 9.95 ? 0 : value >= 0.095 ? 1 : 2;
  return `${Number(value.toFixed(decimals))} %`;
}

/** Two digits; none is rounded up to `tieFrom` that was below it, and very small ones have a bound only. */
export function inWords(pValue: number): string {
  if (pValue < 0.0001) return "p below 0.0001";
  if (pValue >= tieFrom) return `p ${Number(pValue.toFixed(2))}`;
  return `p ${Math.min(Number(pValue.toPrecision(pValue < 0.01 ? 1 : 2)), 0.049)}`;
}
