/**
 * The training loop: pulls one epoch after the other from an engine, keeps the best, and ends with the scores.
 * Whoever pulls sets the pace: nothing is trained that nobody asked for.
 *
 *   fresh or resumed ─► epoch ─► epoch ─► ... ─► result
 *                         ├─► interrupted, when the signal aborts
 *                         ├─► result of the best so far, when `finish` aborts
 *                         └─► TrainingDiverged is thrown
 */
import type { BarTable } from "../domain/price-series.ts";
import {
  Diverged,
  type Engine,
  type EngineModel,
  type EpochProgress,
  epochStart,
  type WindowSet,
} from "../engine/engine.ts";
import { checkSeries, seriesFacts } from "../recipe/series-facts.ts";
import type { TrainingConfig } from "../recipe/training-config.ts";
import { usedBars } from "../recipe/used-bars.ts";
import { better, earlyStop, endedByWish, isOutOfPatience } from "./early-stopping.ts";
import { judge } from "./judge.ts";
import { learningRateOf, plateauAfter } from "./learning-rate.ts";
import { shapeOf, withZeroHead } from "./model-shape.ts";
import { othersOf } from "./other-series.ts";
import { meanLoss, predictAll, predictSplits } from "./predictions.ts";
import { meanSquaredError } from "./statistics/errors.ts";
import { type Checkpoint, TrainingDiverged, type TrainingReport, type TrainOptions } from "./training.ts";
import { buildWindows, type SplitWindows } from "./windows.ts";

type Position = Omit<Checkpoint, "state">;
const beginning: Position = { epoch: 1, progress: epochStart, elapsedMs: 0, best: null };

/**
 * @param bars the whole series
 * @throws InvalidInput when the series does not, or no longer, allow the configuration
 * @throws TrainingDiverged when a loss is not finite
 * @throws ShapeUnsupported when the engine cannot hold the model
 * @throws RangeError when the checkpoint belongs to a model of another shape
 */
export async function* train(
  engine: Engine,
  config: TrainingConfig,
  bars: BarTable,
  {
    signal,
    finish,
    resumeFrom,
    checkpointEveryMs,
    timezone = "UTC",
    otherBars = new Map(),
    now = () => performance.now(),
  }: TrainOptions = {},
): AsyncGenerator<TrainingReport, void, void> {
  const sources = {
    bars: usedBars(bars, config),
    timezone,
    others: othersOf(config, bars.time, otherBars),
  };
  checkSeries(config, seriesFacts(sources.bars));
  const splits = buildWindows(sources, config);
  const training = splits[0]!.windows;
  const validation = validationWindows(splits, config);
  const model = await createModel(engine, config);
  const pause = pauseWith([signal, finish], checkpointEveryMs);
  try {
    if (resumeFrom) await model.restore(resumeFrom.state);
    else if (config.headInit === "ZERO")
      await model.restore(withZeroHead(await model.snapshot(), config, training));
    let lastGood = resumeFrom ?? null;
    let at: Position = resumeFrom ?? beginning;

    const goesOn = () =>
      at.epoch <= config.epochs && !isOutOfPatience(at.epoch - 1, at.best, config) && !finish?.aborted;
    while (goesOn()) {
      const epochStartedAt = now() - at.elapsedMs;
      if (config.learningRateSchedule !== "CONSTANT")
        await model.setLearningRate(learningRateOf(config, at.epoch, at.plateau));
      const progress = await trainOn(model, training, at, pause.next(), signal).catch((error: unknown) => {
        throw error instanceof Diverged ? new TrainingDiverged(at.epoch, config, lastGood) : error;
      });
      at = { ...at, progress, elapsedMs: now() - epochStartedAt };
      const predictions =
        progress.finished && validation ? await predictAll(model, validation, signal) : null;
      const state = await model.snapshot();
      if (signal?.aborted) return yield { kind: "interrupted", checkpoint: { ...at, state } };
      if (!progress.finished) {
        if (finish?.aborted) break;
        yield { kind: "checkpoint", checkpoint: { ...at, state } };
        continue;
      }

      const { epoch } = at;
      const validationLoss =
        predictions && validation ? meanLoss(config.loss, predictions, validation.targets) : null;
      if (validationLoss !== null && !Number.isFinite(validationLoss))
        throw new TrainingDiverged(epoch, config, lastGood);
      const trainLoss = progress.lossSum / (progress.windows * config.horizon);
      const best = better(at.best, { epoch, validationLoss, trainLoss, weights: state.weights }, config);
      const plateau = plateauAfter(config, at.plateau, validationLoss ?? trainLoss);
      const durationMs = now() - epochStartedAt;
      at = { ...beginning, epoch: epoch + 1, best, ...(plateau && { plateau }) };
      lastGood = { ...at, state };
      yield {
        kind: "epoch",
        epoch,
        trainLoss,
        validationLoss,
        durationMs,
        // A clock too coarse for a tiny epoch must not make it infinitely fast.
        samplesPerSecond: (1000 * progress.windows) / Math.max(durationMs, 0.001),
        epochsLeft: isOutOfPatience(epoch, best, config) ? 0 : config.epochs - epoch,
        checkpoint: lastGood,
      };
    }

    if (!lastGood?.best)
      return yield { kind: "interrupted", checkpoint: { ...at, state: await model.snapshot() } };
    const { best } = lastGood;
    await model.restore({ ...lastGood.state, weights: best.weights });
    const predictions = await predictSplits(model, config, sources.bars, splits, signal);
    if (!predictions) return yield { kind: "interrupted", checkpoint: lastGood };
    if (!predictions.every(({ predicted, actual }) => Number.isFinite(meanSquaredError(predicted, actual))))
      throw new TrainingDiverged(best.epoch, config, lastGood);
    const judged = await judge(model, sources, config, predictions, signal);
    if (!judged) return yield { kind: "interrupted", checkpoint: lastGood };
    yield {
      kind: "result",
      bestEpoch: best.epoch,
      stoppedEarly: earlyStop(lastGood.epoch - 1, best, config) ?? endedByWish(lastGood.epoch - 1, config),
      predictions: judged.predictions,
      judgement: judged.judgement,
      trained: { ...judged.trained, weights: best.weights },
    };
  } finally {
    pause.end();
    await model.dispose();
  }
}

function createModel(engine: Engine, config: TrainingConfig): Promise<EngineModel> {
  const { batchSize, learningRate, seed, clipNorm, weightDecay, loss } = config;
  return engine.createModel(shapeOf(config), {
    batchSize,
    learningRate,
    seed,
    ...(clipNorm !== null && { clipNorm }),
    ...(weightDecay > 0 && { weightDecay }),
    ...(loss !== "MSE" && { loss }),
  });
}

function validationWindows(splits: readonly SplitWindows[], config: TrainingConfig): WindowSet | null {
  const validates = config.validateOnTest ? "TEST" : "VALIDATION";
  return splits.find(({ range }) => range.split === validates)?.windows ?? null;
}

/** The rest of the epoch in hand, or what of it fits before `pause` and `leave`; nothing where it only lacks its validation. */
async function trainOn(
  model: EngineModel,
  training: WindowSet,
  at: Position,
  pause: AbortSignal | undefined,
  leave: AbortSignal | undefined,
): Promise<EpochProgress> {
  if (at.progress.finished || leave?.aborted) return at.progress;
  return model.trainEpoch(training, at.epoch, at.progress, pause, leave);
}

interface Pause {
  /** A signal that aborts with the training's own, or when `everyMs` have passed from now on. */
  next(): AbortSignal | undefined;
  end(): void;
}

/** One timer and one listener for all epochs: new ones for each took a third of the time of a tiny model's. */
function pauseWith(signals: readonly (AbortSignal | undefined)[], everyMs: number | undefined): Pause {
  const asked = signals.filter((signal) => signal !== undefined);
  if (everyMs === undefined) {
    const any = asked.length > 1 ? AbortSignal.any(asked) : asked[0];
    return { next: () => any, end: () => {} };
  }
  let controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, everyMs);
  for (const signal of asked) signal.addEventListener("abort", abort);
  return {
    next() {
      const aborted = asked.find((signal) => signal.aborted);
      if (aborted) return aborted;
      if (controller.signal.aborted) controller = new AbortController();
      timer.refresh();
      return controller.signal;
    },
    end() {
      clearTimeout(timer);
      for (const signal of asked) signal.removeEventListener("abort", abort);
    },
  };
}
