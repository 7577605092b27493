/**
 * The honest evaluation of a trained network: beside every other forecaster on the same windows, with intervals that are held
 * against what came, a leak test, and one sentence that says what it is worth.
 */
import type { ForecasterScores, Judgement, SplitPredictions } from "../domain/results.ts";
import type { EngineModel } from "../engine/engine.ts";
import { type SplitRange, splitSeries } from "../recipe/splits.ts";
import type { TrainingConfig } from "../recipe/training-config.ts";
import { scoreBeside, targetOf } from "./beside.ts";
import { type Bounds, boundsOf } from "./bounds.ts";
import { baselinesFor } from "./forecasters/catalogue.ts";
import { inputColumns, type Sources } from "./inputs.ts";
import { leakTest, ownInputs, type Pipeline } from "./leak-test.ts";
import { familiarOf, type TrainedModel } from "./trained-model.ts";
import { verdict } from "./verdict.ts";
import { scalersOf } from "./windows.ts";

export interface Judged {
  readonly judgement: Judgement;
  /** The network's, with what others said and the intervals beside them. */
  readonly predictions: readonly SplitPredictions[];
  readonly trained: Omit<TrainedModel, "weights">;
}

/**
 * @param predictions the network's, of every split and step
 * @returns null when `signal` aborted meanwhile
 */
export async function judge(
  model: Pick<EngineModel, "predict">,
  sources: Sources,
  config: TrainingConfig,
  predictions: readonly SplitPredictions[],
  signal?: AbortSignal,
): Promise<Judged | null> {
  const { bars, timezone } = sources;
  const ranges = splitSeries(bars.time.length, config);
  const target = targetOf(bars, config, timezone);
  const beside = await scoreBeside(target, ranges, predictions, signal);
  if (!beside) return null;
  const bounds = boundsOf(bars, config, target, ranges, predictions);
  const leaks = await leakTest(pipelineOf(model), sources, config);
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
    trained: trainedOn(sources, config, ranges, bounds),
  };
}

const pipelineOf = (model: Pick<EngineModel, "predict">): Pipeline => ({
  ...ownInputs,
  baselines: ({ bars, timezone }, config, range) => {
    const target = targetOf(bars, config, timezone);
    const [training] = splitSeries(bars.time.length, config);
    const said = baselinesFor(target, config.horizon, training!.endBar).map((baseline) =>
      baseline.predict(target, training!, range, config.horizon),
    );
    return Float64Array.from(said.flatMap((numbers) => [...numbers]));
  },
  predict: (rows, starts) => model.predict({ rows, starts }),
});

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
  sources: Sources,
  config: TrainingConfig,
  ranges: readonly SplitRange[],
  { state, sigma }: Pick<Bounds, "state" | "sigma">,
): Omit<TrainedModel, "weights"> {
  const { bars } = sources;
  const scalers = scalersOf(sources, config, ranges.at(-1)!);
  const inputs = inputColumns(sources, config);
  const familiar = familiarOf(inputs, scalers.inputs, config.window, ranges[0]!);
  const origin = { barCount: bars.time.length, lastTime: bars.time.at(-1)!, sigma };
  return { scalers, intervals: { state, source: sigma.source }, familiar, origin };
}
