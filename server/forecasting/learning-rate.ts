/**
 * The learning rate of each epoch, by the schedule that was asked for. Pure: what a schedule has to remember stands in the
 * checkpoint, so that a resumed training goes on at the same rate.
 *
 *   CONSTANT  rate
 *   STEP      rate, a tenth of it after half of the epochs, a hundredth after three quarters (He et al. 2016, section 4.2:
 *             after 32,000 and 48,000 of 64,000 updates)
 *   COSINE    rate x (1 + cos(pi x finished / epochs)) / 2 (Loshchilov and Hutter, "SGDR", ICLR 2017, eq. 5, one period, down
 *             to 0): the last epoch still has a little
 *   PLATEAU   halved after 5 epochs in a row without a lower loss (Keras' ReduceLROnPlateau, without its least improvement)
 */
import { plateauPatience } from "../recipe/choices.ts";
import type { TrainingConfig } from "../recipe/training-config.ts";

/** What PLATEAU remembers of the epochs so far. */
export interface Plateau {
  readonly lowestLoss: number;
  /** Since the lowest loss, or since the rate was last halved. */
  readonly epochsWithout: number;
  readonly halvings: number;
}

type Schedule = Pick<TrainingConfig, "learningRate" | "learningRateSchedule" | "epochs">;

/** Down to a thousandth: in 10,000 epochs the rate would otherwise become 0, which no engine takes. */
const mostHalvings = 10;

/** @param epoch from 1 */
export function learningRateOf(
  { learningRate, learningRateSchedule, epochs }: Schedule,
  epoch: number,
  plateau?: Plateau,
): number {
  const share = (epoch - 1) / epochs;
  switch (learningRateSchedule) {
    case "CONSTANT":
      return learningRate;
    case "STEP":
      return learningRate * (share < 0.5 ? 1 : share < 0.75 ? 0.1 : 0.01);
    case "COSINE":
      return (learningRate * (1 + Math.cos(Math.PI * share))) / 2;
    case "PLATEAU":
      return learningRate / 2 ** (plateau?.halvings ?? 0);
  }
}

/**
 * What to remember once an epoch is over; nothing where the schedule looks at no loss.
 * @param loss the validation's, the training's where nothing validates
 */
export function plateauAfter(
  { learningRateSchedule }: Schedule,
  before: Plateau | undefined,
  loss: number,
): Plateau | undefined {
  if (learningRateSchedule !== "PLATEAU") return undefined;
  if (before === undefined) return { lowestLoss: loss, epochsWithout: 0, halvings: 0 };
  const { lowestLoss, halvings } = before;
  if (loss < lowestLoss) return { lowestLoss: loss, epochsWithout: 0, halvings };
  const epochsWithout = before.epochsWithout + 1;
  if (epochsWithout < plateauPatience) return { lowestLoss, epochsWithout, halvings };
  return { lowestLoss, epochsWithout: 0, halvings: Math.min(halvings + 1, mostHalvings) };
}
