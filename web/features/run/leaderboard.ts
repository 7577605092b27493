/** Every forecaster's scores as the cells of a table. Pure. */
import { forecasterHint, forecasterName, type NamedForecaster } from "../../entities/run/forecaster.ts";
import type { Target } from "../../entities/run/target.ts";
import type { ForecasterRowFragment, Split } from "../../graphql/generated/graphql.ts";
import { percent, price, pValue, tieFrom } from "../../lib/format.ts";
import { t } from "../../lib/words/t.ts";
import type { Run } from "./run.ts";

export type ForecasterRow = ForecasterRowFragment;

interface Column {
  readonly name: string;
  /** What it means, for whoever asks. */
  readonly hint: string;
  readonly cell: (row: ForecasterRow) => string;
}

const fixed = (value: number | null, digits = 2): string =>
  value === null ? "–" : value.toFixed(digits).replace("-", "−");

const mae = (target: Target): Column => ({
  name: target.noun === "volatility" ? t("MAE, log") : "MAE",
  hint:
    target.noun === "volatility"
      ? t("Mean absolute error of the logarithm of variance")
      : t("Mean absolute error, in the target's unit"),
  cell: (row) => (target.noun === "volume" ? target.value(row.mae) : price(row.mae)),
});

/** Which scores tell something of the target, the skill first of all and apart. */
export const columnsOf = (target: Target): readonly Column[] =>
  target.noun === "volatility"
    ? [
        mae(target),
        {
          name: "QLIKE",
          hint: t(
            "Of variances (Patton 2011): lower is better, and too low a forecast costs more than too high a one",
          ),
          cell: ({ qlike }) => fixed(qlike, 3),
        },
        {
          name: "R²",
          hint: t("Share of the last value's squared error that it removes"),
          cell: ({ r2 }) => fixed(r2),
        },
      ]
    : [
        mae(target),
        {
          name: "RMSE",
          hint: t("Root mean squared error: large misses count more"),
          cell: ({ rmse }) => (target.noun === "volume" ? target.value(rmse) : price(rmse)),
        },
        {
          name: "MASE",
          hint: t(
            "Mean absolute error, scaled by that of the last value in the training part: below 1 beats it",
          ),
          cell: ({ mase }) => fixed(mase),
        },
      ];

/** "Yes, p 0.004": is the network better than this one? */
export function betterInWords({ forecaster, dieboldMariano: test }: ForecasterRow): string {
  if (forecaster === "GRU") return "";
  if (test === null) return t("No test");
  const p = pValue(test.pValue);
  if (test.pValue >= tieFrom) return t("Cannot tell, {p}", { p });
  return test.statistic < 0 ? t("Yes, {p}", { p }) : t("No, worse, {p}", { p });
}

export const directionCell = ({ directionalAccuracy }: ForecasterRow): string =>
  directionalAccuracy === null ? "–" : percent(directionalAccuracy);

/** "51% rose": what always saying "up" would have got; null where no row tells. */
export function upsInWords(rows: readonly ForecasterRow[]): string | null {
  const share = rows.find(({ shareOfUps }) => shareOfUps !== null)?.shareOfUps ?? null;
  return share === null ? null : t("{share} rose", { share: percent(share) });
}

export const nameOf = (row: NamedForecaster, target: Target) => ({
  key: keyOf(row),
  name: forecasterName(row, target),
  hint: forecasterHint(row.forecaster),
});

export const keyOf = ({ forecaster, name }: NamedForecaster): string =>
  name === null ? forecaster : `${forecaster} ${name}`;

/** Of runs that were scored before others forecast beside them: the network and the naive forecast. */
export function rowsOf(
  rows: readonly ForecasterRow[],
  scores: Run["scores"],
  split: Split,
  step: number | null,
): readonly ForecasterRow[] {
  const own = scores.find((one) => one.split === split);
  if (rows.length > 0 || !own || step !== null) return rows;
  const row = (forecaster: "GRU" | "LAST_VALUE", of: typeof own.model, skill: number): ForecasterRow => ({
    ...{ forecaster, name: null, count: own.count, skill, dieboldMariano: null },
    ...{ mae: of.mae, rmse: of.rmse, mase: of.mase, r2: null, qlike: null },
    ...{ directionalAccuracy: of.directionalAccuracy, shareOfUps: null },
  });
  const both = [row("GRU", own.model, own.skill), row("LAST_VALUE", own.naive, 0)];
  return both.sort((a, b) => a.mae - b.mae);
}
