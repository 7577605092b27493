/** Everything that can be known of a training before it trains: whether it can, as what, and what its user should know. */
import { completeConfig } from "./complete-config.ts";
import { checkSeries, type SeriesFacts } from "./series-facts.ts";
import type { TrainingConfig, TrainingRequest } from "./training-config.ts";
import { trainingWarnings } from "./training-warnings.ts";
import { usedFacts } from "./used-bars.ts";

/**
 * Fills in the defaults and checks the request by itself and against the series.
 * @returns the configuration, and what its user should know about it, in plain words
 * @throws InvalidInput naming the field (`window`, `layers[1].units`), what was expected and what came
 */
export function parseTrainingConfig(
  request: TrainingRequest,
  series: SeriesFacts,
): { config: TrainingConfig; warnings: string[] } {
  const config = completeConfig(request, series.barCount);
  const used = usedFacts(series, config);
  checkSeries(config, used);
  return { config, warnings: trainingWarnings(config, used) };
}
