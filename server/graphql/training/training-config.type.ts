/** How a run is configured, and the words for it. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import type * as domain from "../../recipe/training-config.ts";
import { graphqlEnum } from "../graphql-enum.ts";
import { PriceField } from "../price-series/price-series.type.ts";

export type TargetTransform = domain.TargetTransform;
export const TargetTransform = graphqlEnum<TargetTransform>(
  "TargetTransform",
  "What the network is asked to predict; every score and overlay is reported back in price units.",
  {
    PRICE: "The price itself.",
    DIFFERENCE: "The change from the last known price.",
    LOG_RETURN: "The logarithm of its ratio to the last known price.",
  },
);

export type ScalerFit = domain.ScalerFit;
export const ScalerFit = graphqlEnum<ScalerFit>(
  "ScalerFit",
  "TRAIN: the scaler sees the training split only. EACH_SPLIT: refit per split, as the original recipe does; it leaks, and the run says so.",
  {
    TRAIN: "Fitted to the training split, used for all.",
    EACH_SPLIT: "Fitted to each split anew: knows the range of prices that are still to come.",
  },
);

@ObjectType({ description: "One recurrent layer." })
export class GruLayer {
  @Field(() => Int, { description: "Number of units." })
  readonly units!: number;

  @Field(() => Float, { description: "Share of the layer's outputs that is dropped in training, [0, 1)." })
  readonly dropout!: number;
}

/** What a run's configuration and a preset have in common. */
@ObjectType()
export abstract class TrainingFields {
  @Field(() => PriceField, { description: "The price that is predicted." })
  readonly target!: PriceField;

  @Field(() => TargetTransform, { description: "In which form it is predicted." })
  readonly transform!: TargetTransform;

  @Field(() => [PriceField], { description: "What the network sees of each bar." })
  readonly features!: readonly PriceField[];

  @Field(() => Int, { description: "Time steps that the network sees." })
  readonly window!: number;

  @Field(() => Int, { description: "Steps ahead that it predicts at once." })
  readonly horizon!: number;

  @Field(() => [GruLayer], { description: "The recurrent layers, the input's first." })
  readonly layers!: readonly GruLayer[];

  @Field(() => Boolean, {
    description:
      "True: the reset gate acts after the recurrent product (Keras 2+, PyTorch, cuDNN). False: before it, as in the original formula.",
  })
  readonly resetAfter!: boolean;

  @Field(() => Int, { description: "Times that the training windows are gone through." })
  readonly epochs!: number;

  @Field(() => Int, { description: "Windows per update of the weights." })
  readonly batchSize!: number;

  @Field(() => Float, { description: "Step size of the optimiser, Adam." })
  readonly learningRate!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      "Largest Euclidean norm of the gradient of a batch's loss by all weights together: a longer one is scaled down to it (Keras' global_clipnorm). Null: no clipping.",
  })
  readonly clipNorm!: number | null;

  @Field(() => Float, {
    description:
      "Decoupled weight decay (AdamW, Loshchilov and Hutter 2019): each update first takes learningRate x weightDecay as a share off every weight. 0: none.",
  })
  readonly weightDecay!: number;

  @Field(() => Int, {
    description: "Decides the initial weights, the order of the windows and what dropout drops.",
  })
  readonly seed!: number;

  @Field(() => Int, { description: "Bars held out at the end for the test, scored once." })
  readonly testBars!: number;

  @Field(() => Boolean, {
    description: "Whether the test split's loss is reported each epoch as the validation loss.",
  })
  readonly validateOnTest!: boolean;

  @Field(() => ScalerFit, { description: "Which bars the scaler sees." })
  readonly scalerFit!: ScalerFit;
}

@ObjectType({ description: "What a training was asked to do, complete and checked." })
export class TrainingConfig extends TrainingFields implements domain.TrainingConfig {
  @Field(() => Int, { description: "Bars before the test that validate each epoch; 0: none." })
  readonly validationBars!: number;
}
