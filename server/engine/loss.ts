/**
 * What a model is trained to make small: the mean of this over a batch's targets. By the error e = prediction - target, both
 * scaled; the engines that compute on their own have the same formulas (native/src/head.c, webgpu/kernels/loss.ts,
 * tensorflow/network.ts).
 *
 *            of one target                               slope by the prediction
 *   MSE      e^2                                         2 e
 *   MAE      |e|                                         -1, 0 or 1
 *   HUBER    e^2 / 2 where |e| <= 1, else |e| - 1 / 2    e, at least -1 and at most 1    (Huber 1964, k = 1; Keras, PyTorch)
 */
export const losses = ["MSE", "MAE", "HUBER"] as const;
export type Loss = (typeof losses)[number];

/** From here on an error counts in proportion to its size, and no more to its square. */
const bounded = (error: number): number => Math.max(-1, Math.min(1, error));

export function lossOf(loss: Loss, error: number): number {
  switch (loss) {
    case "MSE":
      return error * error;
    case "MAE":
      return Math.abs(error);
    case "HUBER":
      return bounded(error) * (error - bounded(error) / 2);
  }
}

export function slopeOf(loss: Loss, error: number): number {
  switch (loss) {
    case "MSE":
      return 2 * error;
    case "MAE":
      return Math.sign(error);
    case "HUBER":
      return bounded(error);
  }
}
