/** The band of losses in words and as rows of a table. Pure. */
import type { ChartData } from "../../components/chart-frame/chart-data.ts";
import type { KeyLine } from "../../components/chart-frame/line-key.tsx";
import type { ChartTheme } from "../../lib/chart-theme.ts";
import { count, loss } from "../../lib/format.ts";
import { t, tn } from "../../lib/words/t.ts";
import type { BandPoint } from "./band-series.ts";

/** "Epoch 12, 5 runs: lowest 0.011, mean 0.013, highest 0.02." */
export const pointInWords = (point: BandPoint | undefined): string =>
  point
    ? tn(
        point.runs,
        "Epoch {epoch}, {n} run: lowest {low}, mean {mean}, highest {high}.",
        "Epoch {epoch}, {n} runs: lowest {low}, mean {mean}, highest {high}.",
        {
          epoch: count(point.epoch),
          ...{ low: loss(point.low), mean: loss(point.mean), high: loss(point.high) },
        },
      )
    : t("No epoch yet.");

export const bandData = (band: readonly BandPoint[]): ChartData => ({
  columns: [t("Epoch"), t("Runs"), t("Lowest loss"), t("Mean loss"), t("Highest loss")],
  rows: band.map(({ epoch, runs, low, mean, high }) => [epoch, runs, low, mean, high]),
});

export const bandKey = (theme: ChartTheme): KeyLine[] => [
  { name: t("Lowest to highest"), colour: theme.band, isBand: true },
  { name: t("Mean"), colour: theme.validation, width: 2.5 },
  { name: t("Each run"), colour: theme.naive, width: 1 },
];
