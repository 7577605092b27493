/** Several runs side by side: in what they differ, and by how much. Pure. */

import { cellOf } from "../../entities/run/cells.ts";
import type { ComparedRunQuery } from "../../graphql/generated/graphql.ts";
import { charactersIn } from "../../lib/characters.ts";
import { barTime } from "../../lib/format.ts";
import { said } from "../../lib/words/said.ts";
import { t } from "../../lib/words/t.ts";

export type Compared = NonNullable<ComparedRunQuery["run"]>;

export const mostRuns = 10;

/** Scores that are compared, the most telling first. */
export const comparedScores: readonly string[] = [
  ...["skill", "mae", "rmse", "mase", "mape", "r2", "qlike", "directionalAccuracy", "pValue"],
  ...["validationLoss", "bestEpoch", "duration"],
];
/** The naive forecast's on the same bars. */
export const naiveOf = (score: string): string => `LAST_VALUE.${score}`;
const naiveScores = ["mae", "rmse", "mase", "mape"];
export const askedScores: string[] = [...comparedScores, ...naiveScores.map(naiveOf)];

export interface FactRow {
  readonly label: string;
  /** Of each run, in their order; null where it has no such fact. */
  readonly texts: readonly (string | null)[];
}

/** What is not the same of all runs. */
export function differingFacts(runs: readonly Compared[]): FactRow[] {
  const names = new Map(runs.flatMap(({ config }) => config.facts.map(({ name, label }) => [name, label])));
  const textOf = ({ config: { facts } }: Compared, name: string) => {
    const fact = facts.find((one) => one.name === name);
    return fact ? said(fact.text) : null;
  };
  const rows = [...names].map(
    ([name, label]): FactRow => ({ label: said(label), texts: runs.map((run) => textOf(run, name)) }),
  );
  const series = {
    label: t("Series"),
    texts: runs.map(({ priceSeries: { name, symbol } }) => name ?? symbol),
  };
  return [series, ...rows].filter(({ texts }) => new Set(texts).size > 1);
}

export interface Delta {
  /** Relative to the base; of shares the difference itself. */
  readonly by: number;
  readonly isShare: boolean;
  readonly tone: "better" | "worse" | "same";
}

interface Scored {
  readonly name: string;
  readonly kind: string;
  readonly better: "LOWER" | "HIGHER" | null;
}

/** Less would be written as 0.0 %. */
const smallest = 0.0005;

export function deltaOf(
  value: number | null,
  base: number | null,
  { name, kind, better }: Scored,
): Delta | null {
  if (value === null || base === null || better === null) return null;
  // An R2 near 0 makes any ratio large.
  const isShare = kind === "SHARE" || name === "r2";
  const by = isShare ? value - base : base === 0 ? Number.NaN : (value - base) / Math.abs(base);
  if (!Number.isFinite(by)) return null;
  const isBetter = better === "LOWER" ? by < 0 : by > 0;
  return { by, isShare, tone: Math.abs(by) < smallest ? "same" : isBetter ? "better" : "worse" };
}

/** Of the configuration: what decides in which units a run's own losses are. */
const lossFacts: ReadonlySet<string> = new Set(["transform", "scaler", "scalerFit", "loss"]);
/** These compare each run with the naive forecast on its own bars. */
const ownMeasures: ReadonlySet<string> = new Set(["skill", "mase"]);

/** Whether a difference of this score between two runs means anything. */
export function isComparable(run: Compared, base: Compared, score: string): boolean {
  if (ownMeasures.has(score)) return true;
  if (unlikeTests([run, base]) !== null || run.config.horizon !== base.config.horizon) return false;
  return score !== "validationLoss" || lossUnits(run) === lossUnits(base);
}

const lossUnits = ({ config }: Compared): string =>
  config.facts
    .filter(({ name }) => lossFacts.has(name))
    .map(({ name, text }) => `${name} ${text}`)
    .join();

export const numberOf = (run: Compared, column: string): number | null => cellOf(run, column)?.number ?? null;

/** Whether their errors are in one unit, so that they can be held against each other. */
export const haveOneUnit = (runs: readonly Compared[]): boolean =>
  new Set(runs.map(({ priceSeries, config }) => `${priceSeries.id} ${config.target}`)).size === 1;

/** In words what makes a comparison of scores unfair; null where the runs were tested on the same bars. */
export function unlikeTests(runs: readonly Compared[]): string | null {
  const tested = runs.filter(({ test }) => test.time.length > 0);
  if (new Set(runs.map(({ priceSeries }) => priceSeries.id)).size > 1)
    return t(
      "These runs are trained on different series, so their errors are in different units and of different bars: only the skill against the naive forecast and the MASE can be compared.",
    );
  if (new Set(runs.map(({ config }) => config.target)).size > 1)
    return t(
      "These runs predict different values of a bar, so their errors cannot be compared: only the skill against the naive forecast and the MASE can.",
    );
  const spans = new Map(tested.map((run) => [spanOf(run), run]));
  if (spans.size <= 1) return null;
  const words = [...spans]
    .map(([span, { name }]) => t("{span} ({name})", { span, name: shortened(name) }))
    .join(t("; "));
  return t(
    "These runs are tested on different bars: {spans}. A quiet time is easier to predict, so compare their skill rather than their errors.",
    { spans: words },
  );
}

const shortened = (name: string): string =>
  charactersIn(name) > 40 ? `${[...name].slice(0, 39).join("")}…` : name;

function spanOf({ test, priceSeries: { timezone } }: Compared): string {
  const [from, to] = [test.time[0]!, test.time.at(-1)!].map((time) => barTime(time, timezone));
  return t("{from} to {to}", { from: from!, to: to! });
}
