/** A recipe that is trained again and again on a series as it grows, and which of its runs forecasts. */

/** What two runs are compared by: how much less than the last value each errs on its own validation. */
export interface Contender {
  readonly id: string;
  readonly name: string;
  /** 1 - its MAE / the last value's; null where nothing validated. */
  readonly validationSkill: number | null;
}

/** So much worse may a challenger be: it knows newer bars, and two validations are not the same bars. */
const tolerance = 0.01;

export interface Verdict {
  readonly isPromoted: boolean;
  /** For people. */
  readonly reason: string;
}

/** The first one forecasts. Later ones take over unless their validation is clearly worse than the champion's was. */
export function judgeChallenger(champion: Contender | null, challenger: Contender): Verdict {
  const mine = challenger.validationSkill;
  if (champion === null)
    return { isPromoted: true, reason: "It is the first of its schedule, and forecasts from now on." };
  const theirs = champion.validationSkill;
  if (mine === null || theirs === null)
    return {
      isPromoted: mine !== null || theirs === null,
      reason:
        mine === null
          ? `Nothing validated it, so ${champion.name} goes on forecasting.`
          : `It forecasts from now on: nothing had validated ${champion.name}.`,
    };
  const isPromoted = mine >= theirs - tolerance;
  const figures = `${percent(mine)} on its validation, where ${champion.name} had ${percent(theirs)} on its own`;
  return {
    isPromoted,
    reason: isPromoted
      ? `It forecasts from now on, in place of ${champion.name}: ${figures}.`
      : `${champion.name} goes on forecasting: this one has ${figures}.`,
  };
}

const percent = (share: number): string => `${share >= 0 ? "+" : ""}${(100 * share).toFixed(1)} %`;
