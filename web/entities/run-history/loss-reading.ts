/** The losses in words and as rows of a table. Pure. */
import type { ChartData } from "../../components/chart-frame/chart-data.ts";
import { count, loss, percent } from "../../lib/format.ts";
import { t } from "../../lib/words/t.ts";
import { listed } from "../run/listed.ts";
import { type EpochRange, epochAxis } from "./loss-series.ts";
import type { EpochPoint } from "./run-history.ts";

/** "Epoch 12: train 0.0123, validation 0.0234, 5% below the naive forecast" */
export function epochInWords(epoch: EpochPoint | undefined, naiveLoss: number | null): string {
  if (!epoch) return t("No epoch yet.");
  const { trainLoss, validationLoss } = epoch;
  const parts = [t("train {loss}", { loss: loss(trainLoss) })];
  if (validationLoss !== null) parts.push(t("validation {loss}", { loss: loss(validationLoss) }));
  if (validationLoss !== null && naiveLoss) parts.push(againstNaive(validationLoss / naiveLoss - 1));
  return t("Epoch {epoch}: {losses}.", { epoch: count(epoch.epoch), losses: listed(parts) });
}

function againstNaive(share: number): string {
  if (Math.abs(share) < 0.0005) return t("as much as the naive forecast");
  const size = percent(Math.abs(share), 1);
  return share < 0
    ? t("{share} below the naive forecast", { share: size })
    : t("{share} above the naive forecast", { share: size });
}

/** Where an epoch lies between the ends of the axis, 0 to 1. */
export function placeAcross(
  epoch: EpochPoint | undefined,
  range: EpochRange | null,
  lastEpoch: number,
): number | null {
  if (!epoch) return null;
  const { from, to } = range ?? { from: 0, to: epochAxis(lastEpoch).max };
  const across = (epoch.epoch - from) / (to - from);
  return across >= 0 && across <= 1 ? across : null;
}

export const lossData = (epochs: readonly EpochPoint[], naiveLoss: number | null): ChartData => ({
  columns: [t("Epoch"), t("Train loss"), t("Validation loss"), t("Naive loss")],
  rows: epochs.map(({ epoch, trainLoss, validationLoss }) => [epoch, trainLoss, validationLoss, naiveLoss]),
});
