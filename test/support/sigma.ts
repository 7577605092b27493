/** Sigma in one go, as a run has it: fitted on the training part, and what that says at the anchors. */
import type { Anchors } from "../../server/forecasting/forecasters/baseline.ts";
import { type FittedOn, fitSigma, sigmaAt } from "../../server/forecasting/intervals/sigma.ts";

export interface SigmaInput extends FittedOn {
  readonly anchors: Anchors;
}

export function sigmaOf(input: SigmaInput) {
  const fit = fitSigma(input);
  return { source: fit.source, values: sigmaAt(fit, input, input.anchors) };
}
