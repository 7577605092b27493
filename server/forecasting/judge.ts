/**
 * The honest evaluation of a trained network: beside every other forecaster on the same windows, with intervals that are held
 * against what came, a leak test, and one sentence that says what it is worth.
 */
import type { BarTable } from "../domain/price-series.ts";
import type { ForecasterScores, Judgement, SplitPredictions } from "../domain/results.ts";
import type { EngineModel } from "../engine/engine.ts";
import type { SplitRange } from "../recipe/splits.ts";
import type { TrainingConfig } from "../recipe/training-config.ts";
import { scoreBeside, targetOf } from "./beside.ts";
import { type Bounds, boundsOf } from "./bounds.ts";
import { baselinesFor } from "./forecasters/catalogue.ts";
import { inputColumns } from "./inputs.ts";
import { leakTest, ownInputs } from "./leak-test.ts";
import { noOthers, type Others } from "./other-series.ts";
import { familiarOf, type TrainedModel } from "./trained-model.ts";
import { verdict } from "./verdict.ts";
import { type SplitWindows, scalersOf } from "./windows.ts";

export interface Judged {
  readonly judgement: Judgement;
  /** The network's, with what others said and the intervals beside them. */
  readonly predictions: readonly SplitPredictions[];
  readonly trained: Omit<TrainedModel, "weights">;
}

/**
 * @param bars those that the run uses
 * @param predictions the network's, of every split and step
 * @returns null when `signal` aborted meanwhile
 */
export async function judge(
  model: Pick<EngineModel, "predict">,
  config: TrainingConfig,
  bars: BarTable,
  timezone: string,
  splits: readonly SplitWindows[],
  predictions: readonly SplitPredictions[],
  signal?: AbortSignal,
  others: Others = noOthers,
): Promise<Judged | null> {
  const ranges = splits.map(({ range }) => range);
  const target = targetOf(bars, config, timezone);
  const beside = await scoreBeside(target, ranges, predictions, signal);
  if (!beside) return null;
  const bounds = boundsOf(bars, config, target, ranges, predictions);
  const leaks = await leakTest(pipelineOf(model, timezone), bars, config, others);
  if (signal?.aborted) return null;
  return {
    judgement: {
      forecasters: beside.scores,
      coverage: bounds.coverage,
      intervalSource: bounds.sigma.source,
      leakTest: leaks,
      verdict: verdictOf(beside.scores, config, target.kind),
    },
    predictions: predictions.map((one) => ({
      ...one,
      others: beside.others.get(one) ?? [],
      intervals: bounds.intervals.get(one) ?? [],
    })),
    trained: trainedOn(bars, config, timezone, others, ranges, bounds),
  };
}

const pipelineOf = (model: Pick<EngineModel, "predict">, timezone: string) => ({
  ...ownInputs(timezone),
  others: (bars: BarTable, config: TrainingConfig, range: SplitRange) => {
    const target = targetOf(bars, config, timezone);
    const training = { firstBar: 0, endBar: trainingEnd(bars, config) };
    return Float64Array.from(
      baselinesFor(target, config.horizon, training.endBar).flatMap((baseline) => [
        ...baseline.predict(target, training, range, config.horizon),
      ]),
    );
  },
  predict: (rows: Float32Array, starts: Int32Array) => model.predict({ rows, starts }),
});

const trainingEnd = (bars: BarTable, { testBars, validationBars }: TrainingConfig): number =>
  bars.time.length - testBars - validationBars;

/** Of the latest part that is held out; of the training where nothing is. */
function verdictOf(
  scores: readonly ForecasterScores[],
  { target }: TrainingConfig,
  kind: "PRICE" | "LOG_VARIANCE",
): string | null {
  const split = (["TEST", "VALIDATION", "TRAIN"] as const).find((one) =>
    scores.some((row) => row.split === one),
  );
  const rows = scores.filter((row) => row.split === split && row.step === null);
  const sentence = verdict(rows, kind);
  return target === "VOLUME" ? (sentence?.replace("the last price", "the last volume") ?? null) : sentence;
}

/** What stands beside the weights of a network that is to forecast. Its scalers are those of the newest bars' split. */
function trainedOn(
  bars: BarTable,
  config: TrainingConfig,
  timezone: string,
  others: Others,
  ranges: readonly SplitRange[],
  { state, sigma }: Pick<Bounds, "state" | "sigma">,
): Omit<TrainedModel, "weights"> {
  const scalers = scalersOf(bars, config, ranges.at(-1)!, timezone, others);
  const inputs = inputColumns(bars, config, timezone, others);
  const familiar = familiarOf(inputs, scalers.inputs, config.window, ranges[0]!);
  const origin = { barCount: bars.time.length, lastTime: bars.time.at(-1)!, sigma };
  return { scalers, intervals: { state, source: sigma.source }, familiar, origin };
}
