/** Which epoch is the best, and whether enough of them passed without a better one. */
import type { TrainingConfig } from "../recipe/training-config.ts";
import type { BestEpoch } from "./training.ts";

type Patience = Pick<TrainingConfig, "earlyStoppingPatience">;

/** The loss that epochs are compared by: the validation's; without one the training's, where stopping early needs one. */
const lossOf = ({ validationLoss, trainLoss }: BestEpoch, { earlyStoppingPatience }: Patience) =>
  validationLoss ?? (earlyStoppingPatience > 0 ? (trainLoss ?? null) : null);

/** The earlier one on a tie, so that no epoch is kept that gained nothing; the newer one where nothing is compared. */
export function better(best: BestEpoch | null, newer: BestEpoch, config: Patience): BestEpoch {
  const [before, now] = [best && lossOf(best, config), lossOf(newer, config)];
  if (best === null || before === null || now === null) return newer;
  return now < before ? newer : best;
}

/** The distance to the best epoch is the count, so a resumed training goes on with it. */
export const isOutOfPatience = (
  trained: number,
  best: BestEpoch | null,
  { earlyStoppingPatience }: Patience,
): boolean => earlyStoppingPatience > 0 && best !== null && trained - best.epoch >= earlyStoppingPatience;

/** For people; null where all epochs were trained. */
export function earlyStop(trained: number, best: BestEpoch, config: TrainingConfig): string | null {
  if (trained >= config.epochs || !isOutOfPatience(trained, best, config)) return null;
  const loss = best.validationLoss === null ? "training" : "validation";
  const since = trained - best.epoch;
  return (
    `Stopped early after epoch ${trained} of ${config.epochs}: the ${loss} loss has not improved for ` +
    `${since} ${since === 1 ? "epoch" : "epochs"}.`
  );
}

/** For people, of a training that somebody stopped; null where all epochs were trained. */
export const endedByWish = (trained: number, config: TrainingConfig): string | null =>
  trained >= config.epochs ? null : `Stopped by request after epoch ${trained} of ${config.epochs}.`;
