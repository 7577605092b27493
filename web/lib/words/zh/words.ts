/** All of the dashboard's own words in Chinese, by the English that stands in its code. One file for each room of it. */
import type { Catalogue } from "../catalogue.ts";
import { constants } from "./constants.ts";
import { experiment } from "./experiment.ts";
import { frame } from "./frame.ts";
import { now } from "./now.ts";
import { oneSeries } from "./one-series.ts";
import { run } from "./run.ts";
import { runs } from "./runs.ts";
import { seriesImport } from "./series-import.ts";
import { startTraining } from "./start-training.ts";

export const chineseWords: Catalogue = {
  ...constants,
  ...frame,
  ...now,
  ...runs,
  ...run,
  ...experiment,
  ...oneSeries,
  ...seriesImport,
  ...startTraining,
};
