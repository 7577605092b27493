/** The network that a configuration describes, and how its output layer starts. */
import type { ModelShape, ModelState, WindowSet } from "../engine/engine.ts";
import { weightLayout } from "../engine/weights.ts";
import type { TrainingConfig } from "../recipe/training-config.ts";

export function shapeOf({
  features,
  indicators,
  otherSeries,
  window,
  horizon,
  layers,
  resetAfter,
}: TrainingConfig): ModelShape {
  return {
    features: features.length + indicators.length + otherSeries.length,
    window,
    horizon,
    layers,
    resetAfter,
  };
}

/**
 * The state with a head that says, whatever it sees, the mean scaled target of each step: before its first update the
 * network is the drift forecast, so a training that finds nothing ends where the naive forecast stands.
 * @param targets [N, P] scaled, of the training
 */
export function withZeroHead(
  state: ModelState,
  config: TrainingConfig,
  { targets }: Pick<WindowSet, "targets">,
): ModelState {
  const { horizon } = config;
  const weights = state.weights.slice();
  for (const { kind, offset, size } of weightLayout(shapeOf(config))) {
    if (kind === "headKernel") weights.fill(0, offset, offset + size);
    if (kind === "headBias") weights.set(meanOfEachStep(targets, horizon), offset);
  }
  return { ...state, weights };
}

function meanOfEachStep(targets: Float32Array, horizon: number): Float64Array {
  const sums = new Float64Array(horizon);
  targets.forEach((target, index) => {
    sums[index % horizon]! += target;
  });
  return sums.map((sum) => (sum * horizon) / targets.length);
}
