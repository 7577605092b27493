/** What a training run is asked to do: the types of a request as it comes, and of a configuration, complete and checked. */
import type { FieldName, recipe } from "./catalogue.ts";
import type { RequestedIndicator, RequestedLayer, RequestedOtherSeries, ValueOf } from "./recipe-field.ts";

export type TrainingConfig = { readonly [name in FieldName]: ValueOf<(typeof recipe)[name]> };

/** The part of a request that configures the training: absent or null where the default is wanted, nothing checked. */
export type TrainingRequest = {
  readonly [name in Exclude<FieldName, "layers" | "indicators" | "otherSeries">]?:
    | TrainingConfig[name]
    | null;
} & {
  readonly layers?: readonly RequestedLayer[] | null;
  readonly indicators?: readonly RequestedIndicator[] | null;
  readonly otherSeries?: readonly RequestedOtherSeries[] | null;
};

export type TargetTransform = TrainingConfig["transform"];
