/** Predictions of runs as lines over a series' prices. Pure. */
import type { PlotLine } from "../../components/price-plot/overlays.ts";
import type { LaidPredictionsQuery, LayableRunsQuery } from "../../graphql/generated/graphql.ts";
import type { ChartTheme } from "../../lib/chart-theme.ts";
import { inOrder } from "./series-runs.ts";

export type LayableRun = LayableRunsQuery["runs"]["edges"][number]["node"];

/** More lines than these hide the prices. */
export const mostLaid = 3;

const prices: ReadonlySet<string> = new Set(["OPEN", "HIGH", "LOW", "CLOSE", "ADJUSTED_CLOSE"]);

/** Runs that predict a price, the best first: a volume has no place on an axis of prices. */
export const layable = (runs: readonly LayableRun[]): readonly LayableRun[] =>
  inOrder(
    runs.filter(({ config }) => prices.has(config.target)),
    "best",
  );

/** With one more or without one; the first gives way where there would be too many. */
export const withLaid = (laid: readonly string[], id: string, isLaid: boolean): readonly string[] =>
  isLaid ? [...laid, id].slice(-mostLaid) : laid.filter((it) => it !== id);

/** Told apart by colour and by strokes. */
export function lineOf(
  place: number,
  name: string,
  run: LaidPredictionsQuery["run"],
  { model, up, naive }: ChartTheme,
): PlotLine | null {
  if (!run) return null;
  const { time, predicted } = run.predictions;
  return {
    name,
    colour: [model, up, naive][place] ?? model,
    isDashed: place > 0,
    points: time.map((at, i) => ({ time: Date.parse(at), value: predicted[i]! })),
  };
}
