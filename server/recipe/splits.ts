/**
 * Where a series is cut: [ training | validation | test ], in the order of time. Bars count from 0, ranges are
 * half open. A window is known by its anchor: the last bar that it sees. Its targets are the P bars after it.
 */
import type { Split } from "../domain/run.ts";
import { indicatorWarmUp } from "./indicators.ts";
import type { TrainingConfig } from "./training-config.ts";

type RowShape = Pick<TrainingConfig, "transform"> &
  Partial<Pick<TrainingConfig, "inputForm" | "indicators" | "otherSeries">>;
type WindowShape = Pick<TrainingConfig, "window" | "horizon" | "scalerFit"> & RowShape;
type Cuts = Pick<TrainingConfig, "testBars" | "validationBars">;

export interface SplitRange {
  readonly split: Split;
  /** Its own bars: every target lies among them. */
  readonly firstBar: number;
  /** Exclusive. */
  readonly endBar: number;
  /** Anchors of its windows, one a bar; none where the split is too short for a window. */
  readonly firstAnchor: number;
  /** Exclusive. */
  readonly endAnchor: number;
}

/** Bars that a row needs before its own: a change has a bar that it changed from, an indicator those that it sums up. */
export const barsBeforeRow = ({
  transform,
  inputForm,
  indicators = [],
  otherSeries = [],
}: RowShape): number =>
  Math.max(
    transform === "PRICE" && inputForm !== "CHANGE" && otherSeries.length === 0 ? 0 : 1,
    indicatorWarmUp(indicators),
  );

/** Fewest bars with which a split has a window. */
export function fewestBars(split: Split, config: WindowShape): number {
  // With true history a later split's windows reach back into the bars before it: it need only hold the targets.
  const holdsItsWindows = split === "TRAIN" || config.scalerFit === "EACH_SPLIT";
  return holdsItsWindows ? barsBeforeRow(config) + config.window + config.horizon : config.horizon;
}

/** The splits that have bars, in the order of time. */
export function splitSeries(barCount: number, config: WindowShape & Cuts): SplitRange[] {
  const testFrom = barCount - config.testBars;
  const validationFrom = testFrom - config.validationBars;
  const cuts: readonly [Split, number, number][] = [
    ["TRAIN", 0, validationFrom],
    ["VALIDATION", validationFrom, testFrom],
    ["TEST", testFrom, barCount],
  ];
  return cuts
    .filter(([, firstBar, endBar]) => endBar > firstBar)
    .map(([split, firstBar, endBar]) => {
      const oldestBar = config.scalerFit === "EACH_SPLIT" ? firstBar : 0;
      const firstAnchor = Math.max(firstBar - 1, oldestBar + barsBeforeRow(config) + config.window - 1);
      return {
        split,
        firstBar,
        endBar,
        firstAnchor,
        endAnchor: Math.max(firstAnchor, endBar - config.horizon),
      };
    });
}

/** A tenth of the bars before the test; none where the test validates, or where a tenth holds no window. */
export function defaultValidationBars(
  barCount: number,
  config: WindowShape & Pick<TrainingConfig, "testBars" | "validateOnTest">,
): number {
  if (config.validateOnTest) return 0;
  const tenth = Math.floor((barCount - config.testBars) / 10);
  return tenth >= fewestBars("VALIDATION", config) ? tenth : 0;
}
