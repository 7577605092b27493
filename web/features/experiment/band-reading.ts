/** The band of losses in words and as rows of a table. Pure. */
import type { ChartData } from "../../components/chart-frame/chart-data.ts";
import type { KeyLine } from "../../components/chart-frame/line-key.tsx";
import type { ChartTheme } from "../../lib/chart-theme.ts";
import { count, loss, plural } from "../../lib/format.ts";
import type { BandPoint } from "./band-series.ts";

/** "Epoch 12, 5 runs: lowest 0.011, mean 0.013, highest 0.02." */
export const pointInWords = (point: BandPoint | undefined): string =>
  point
    ? `Epoch ${count(point.epoch)}, ${plural(point.runs, "run")}: lowest ${loss(point.low)}, mean ${loss(point.mean)}, highest ${loss(point.high)}.`
    : "No epoch yet.";

export const bandData = (band: readonly BandPoint[]): ChartData => ({
  columns: ["Epoch", "Runs", "Lowest loss", "Mean loss", "Highest loss"],
  rows: band.map(({ epoch, runs, low, mean, high }) => [epoch, runs, low, mean, high]),
});

export const bandKey = (theme: ChartTheme): KeyLine[] => [
  { name: "Lowest to highest", colour: theme.band, isBand: true },
  { name: "Mean", colour: theme.validation, width: 2.5 },
  { name: "Each run", colour: theme.naive, width: 1 },
];
