/** What someone who reads a run's scores must know about how they came about, known before it trains. Stored with the run, shown beside them. */
import type { PriceField } from "../domain/price-series.ts";
import { plateauPatience } from "./choices.ts";
import type { SeriesFacts } from "./series-facts.ts";
import { type SplitRange, splitSeries } from "./splits.ts";
import type { TrainingConfig } from "./training-config.ts";

/** Plain sentences, the gravest first; none for a run whose scores can be taken at face value. */
export function trainingWarnings(config: TrainingConfig, series: SeriesFacts): string[] {
  const training = splitSeries(series.barCount, config)[0]!;
  const warnings = warningsOfConstants(config, series, training);
  if (config.scalerFit === "EACH_SPLIT")
    warnings.push(
      "Values are scaled anew for each part of the series, the test included. This leaks: it shows the model the test's " +
        "lowest and highest value, which nobody knows beforehand, so the test scores look better than the model is.",
    );
  if (config.validateOnTest)
    warnings.push(
      "The test also decides which epoch is kept. This is choosing on the test: its scores are not those of bars " +
        "that the model has never seen.",
    );
  if (config.testBars === 0)
    warnings.push(
      "Nothing is held out for a test: no score tells how the model does on bars that it has never seen.",
    );
  if (config.validationBars === 0 && !config.validateOnTest)
    warnings.push(
      config.earlyStoppingPatience > 0
        ? "Nothing is held out for validation: the training's own loss decides when to stop and which epoch is used, even " +
            "where the network only learns its bars by heart."
        : "Nothing is held out for validation: the weights of the last epoch are used, even where an earlier one was better.",
    );
  if (config.loss === "HUBER" && config.scaler === "MINMAX")
    warnings.push(
      "Huber's loss differs from the squared error only where an error is above 1, and scaled to 0 to 1 hardly any is: " +
        "scale to mean 0 and deviation 1 instead.",
    );
  const { learningRateSchedule, earlyStoppingPatience } = config;
  if (
    learningRateSchedule === "PLATEAU" &&
    earlyStoppingPatience > 0 &&
    earlyStoppingPatience <= plateauPatience
  )
    warnings.push(
      `The learning rate is halved after ${plateauPatience} epochs without a lower loss, but the training stops after ` +
        `${earlyStoppingPatience} of them: it never is. Give early stopping more patience.`,
    );
  if (!config.features.includes(config.target))
    warnings.push(
      `The network does not see the ${wordOf(config.target)}, which it predicts, while the naive forecast that it is compared with does.`,
    );
  const unseenPrices = warningOfUnseenPrices(config, series);
  if (unseenPrices) warnings.push(unseenPrices);
  const windows = training.endAnchor - training.firstAnchor;
  if (config.batchSize > windows)
    warnings.push(
      `The batch of ${config.batchSize} is larger than the ${windows} training windows: each epoch is a single update.`,
    );
  return warnings;
}

/** "adjusted close" */
export const wordOf = (field: PriceField): string =>
  field === "LOG_VARIANCE" ? "volatility" : field.toLowerCase().replace("_", " ");

const shown = (value: number): number => Number(value.toPrecision(6));

/** What never changes while the network trains teaches it nothing. */
function warningsOfConstants(config: TrainingConfig, series: SeriesFacts, { endBar }: SplitRange): string[] {
  const valueIfConstant = (field: PriceField): number | null => {
    // Computed of each bar, so that chunks do not know it; result-warnings.ts looks at what came.
    if (field === "LOG_VARIANCE") return null;
    const { seenLowest, seenHighest } = series.news(field, endBar, endBar, endBar);
    return seenLowest === seenHighest ? seenLowest : null;
  };
  const warnings: string[] = [];
  const target = valueIfConstant(config.target);
  if (target !== null)
    warnings.push(
      `There is nothing to learn: the ${wordOf(config.target)} is ${shown(target)} in every bar that the network trains on. ` +
        "Predict something else, or check the series.",
    );
  for (const feature of config.features) {
    const value = feature === config.target ? null : valueIfConstant(feature);
    if (value !== null)
      warnings.push(
        `The ${wordOf(feature)} is ${shown(value)} in every bar that the network trains on, so it tells nothing: ` +
          "leave it out of what the network sees.",
      );
  }
  return warnings;
}

/** Share of the test's bars from which on it is worth a warning. */
const unseenShareToMention = 0.1;

/**
 * A network that learned prices scaled to [0, 1] saturates beyond them. Refitting the scaler hides that (it is the
 * leak), and changes do not grow with the price as it does.
 */
function warningOfUnseenPrices(config: TrainingConfig, series: SeriesFacts): string | null {
  const { target, transform, scalerFit, inputForm, testBars } = config;
  if (target === "LOG_VARIANCE" || transform !== "PRICE" || inputForm === "MINUS_LAST") return null;
  if (scalerFit !== "TRAIN" || testBars === 0) return null;
  const testFrom = series.barCount - testBars;
  const trainingTo = testFrom - config.validationBars;
  const { unseen, seenLowest, seenHighest } = series.news(target, trainingTo, testFrom, series.barCount);
  if (unseen < unseenShareToMention * config.testBars) return null;
  return (
    `In ${unseen} of the ${config.testBars} bars of the test the ${wordOf(config.target)} lies outside of what the training saw ` +
    `(${shown(seenLowest)} to ${shown(seenHighest)}). A network that learns prices falls behind there: ` +
    "let it learn the change or the log return instead."
  );
}
