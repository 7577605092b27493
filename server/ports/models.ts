/** Networks of finished runs that predict. machine/ implements it. */

/** As the run's configuration describes it: F features, W window, P horizon. */
export interface NetworkShape {
  readonly features: number;
  readonly window: number;
  readonly horizon: number;
  readonly layers: readonly { readonly units: number; readonly dropout: number }[];
  readonly resetAfter: boolean;
}

export interface TrainedNetwork {
  readonly shape: NetworkShape;
  /** As training left them. */
  readonly weights: Float32Array;
}

/** N windows that share one table of rows, scaled. */
export interface NetworkWindows {
  /** [R, F] */
  readonly rows: Float32Array;
  /** [N]: window i sees rows starts[i] .. starts[i] + W - 1. */
  readonly starts: Int32Array;
}

export interface ReadyNetworks {
  /**
   * Scaled predictions, [N, P], computed off the event loop. Keeps the networks that were asked last.
   * @param network brings the run's, where it is not kept
   * @throws RangeError when its weights are not of its shape
   */
  predict(
    runId: string,
    network: () => TrainedNetwork | Promise<TrainedNetwork>,
    windows: NetworkWindows,
  ): Promise<Float32Array>;
  close(): Promise<void>;
}
