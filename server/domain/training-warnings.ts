/** What someone who reads a run's scores must know about how they came about. Stored with the run, shown beside them. */
import type { SeriesFacts } from "./series-facts.ts";
import { splitSeries } from "./splits.ts";
import type { TrainingConfig } from "./training-config.ts";

/** Plain sentences, the gravest first; none for a run whose scores can be taken at face value. */
export function trainingWarnings(config: TrainingConfig, series: SeriesFacts): string[] {
  const warnings: string[] = [];
  if (config.scalerFit === "EACH_SPLIT")
    warnings.push(
      "The scaler is refit on each split (scalerFit EACH_SPLIT). This leaks: it shows the model the test's lowest " +
        "and highest value, which nobody knows beforehand, so the test scores look better than the model is.",
    );
  if (config.validateOnTest)
    warnings.push(
      "The test validates the training (validateOnTest), and the epoch with the lowest loss on it is kept. This is " +
        "choosing on the test: its scores are not those of bars that the model has never seen.",
    );
  if (config.testBars === 0)
    warnings.push(
      "Nothing is held out for a test (testBars 0): no score tells how the model does on bars that it has never seen.",
    );
  if (config.validationBars === 0 && !config.validateOnTest)
    warnings.push(
      "Nothing validates the training (validationBars 0): the weights of the last epoch are used, " +
        "even where an earlier one was better.",
    );
  if (!config.features.includes(config.target))
    warnings.push(
      `The network does not see what it predicts (${config.target} is not among the features), ` +
        "while the naive forecast that it is compared with does.",
    );
  const unseenPrices = warningOfUnseenPrices(config, series);
  if (unseenPrices) warnings.push(unseenPrices);
  const training = splitSeries(series.barCount, config)[0]!;
  const windows = training.endAnchor - training.firstAnchor;
  if (config.batchSize > windows)
    warnings.push(
      `The batch of ${config.batchSize} is larger than the ${windows} training windows: each epoch is a single update.`,
    );
  return warnings;
}

/** Share of the test's bars from which on it is worth a warning. */
const unseenShareToMention = 0.1;

/**
 * A network that learned prices scaled to [0, 1] saturates beyond them. Refitting the scaler hides that (it is the
 * leak), and changes do not grow with the price as it does.
 */
function warningOfUnseenPrices(config: TrainingConfig, series: SeriesFacts): string | null {
  if (config.transform !== "PRICE" || config.scalerFit !== "TRAIN" || config.testBars === 0) return null;
  const testFrom = series.barCount - config.testBars;
  const trainingTo = testFrom - config.validationBars;
  const { unseen, seenLowest, seenHighest } = series.news(
    config.target,
    trainingTo,
    testFrom,
    series.barCount,
  );
  if (unseen < unseenShareToMention * config.testBars) return null;
  return (
    `In ${unseen} of the ${config.testBars} test bars ${config.target} lies outside of what the training saw ` +
    `(${Number(seenLowest.toPrecision(6))} to ${Number(seenHighest.toPrecision(6))}). A network that learns prices falls behind there: ` +
    "the transforms DIFFERENCE and LOG_RETURN learn changes instead."
  );
}
