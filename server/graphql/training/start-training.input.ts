/** What starts a training. The service checks it; here are only the shapes and the defaults that all may read. */
import { Field, Float, ID, InputType, Int } from "type-graphql";
import type { StartTrainingRequest } from "../../services/services.ts";
import { PriceField } from "../price-series/price-series.type.ts";
import { Engine } from "./engine.type.ts";
import { ScalerFit, TargetTransform } from "./training-config.type.ts";

@InputType({ description: "One recurrent layer." })
export class GruLayerInput {
  @Field(() => Int, { description: "Number of units, 1..512." })
  readonly units!: number;

  @Field(() => Float, {
    nullable: true,
    defaultValue: 0,
    description: "Share of the layer's outputs that is dropped in training, [0, 1).",
  })
  readonly dropout?: number | null;
}

@InputType({ description: "A training to start: the series, the network, and how it is trained and judged." })
export class StartTrainingInput implements StartTrainingRequest {
  @Field(() => ID, { description: "The series to train on." })
  readonly priceSeriesId!: string;

  @Field(() => String, {
    nullable: true,
    description: "What people call the run. Omitted: the series, the target and the layers.",
  })
  readonly name?: string | null;

  @Field(() => PriceField, { nullable: true, defaultValue: "CLOSE", description: "The price to predict." })
  readonly target?: PriceField | null;

  @Field(() => TargetTransform, {
    nullable: true,
    defaultValue: "PRICE",
    description: "In which form the price is predicted.",
  })
  readonly transform?: TargetTransform | null;

  @Field(() => [PriceField], {
    nullable: true,
    description: "What the network sees of each bar. Omitted: the target alone.",
  })
  readonly features?: PriceField[] | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 60,
    description: "Time steps that the network sees.",
  })
  readonly window?: number | null;

  @Field(() => Int, { nullable: true, defaultValue: 1, description: "Steps ahead that it predicts at once." })
  readonly horizon?: number | null;

  @Field(() => [GruLayerInput], {
    nullable: true,
    defaultValue: [
      { units: 80, dropout: 0.2 },
      { units: 100, dropout: 0.2 },
    ],
    description: "The recurrent layers, the input's first; 1 to 4.",
  })
  readonly layers?: GruLayerInput[] | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description:
      "True: the reset gate acts after the recurrent product (Keras 2+, PyTorch, cuDNN). False: before it, as in the original formula.",
  })
  readonly resetAfter?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 50,
    description: "Times that the training windows are gone through.",
  })
  readonly epochs?: number | null;

  @Field(() => Int, { nullable: true, defaultValue: 64, description: "Windows per update of the weights." })
  readonly batchSize?: number | null;

  @Field(() => Float, {
    nullable: true,
    defaultValue: 0.001,
    description: "Step size of the optimiser, Adam.",
  })
  readonly learningRate?: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "Largest Euclidean norm of the gradient of a batch's loss by all weights together, above 0: a longer one is scaled down to it (Keras' global_clipnorm). Omitted: no clipping.",
  })
  readonly clipNorm?: number | null;

  @Field(() => Float, {
    nullable: true,
    defaultValue: 0,
    description:
      "Decoupled weight decay (AdamW, Loshchilov and Hutter 2019): each update first takes learningRate x weightDecay, at most 1, as a share off every weight. 0: none.",
  })
  readonly weightDecay?: number | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 7,
    description: "Decides the initial weights, the order of the windows and what dropout drops.",
  })
  readonly seed?: number | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 300,
    description:
      "Bars held out at the end for the test, scored once. Validation is cut from the bars before it.",
  })
  readonly testBars?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Omitted: a tenth of the bars before the test. 0: none.",
  })
  readonly validationBars?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      "The original recipe: the test split's loss is reported each epoch as the validation loss. Whoever chooses by it chooses on the test; the run says so.",
  })
  readonly validateOnTest?: boolean | null;

  @Field(() => ScalerFit, {
    nullable: true,
    defaultValue: "TRAIN",
    description: "Which bars the scaler sees.",
  })
  readonly scalerFit?: ScalerFit | null;

  @Field(() => Engine, { nullable: true, defaultValue: "AUTO", description: "Which engine must train it." })
  readonly engine?: Engine | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 0,
    description:
      "Among waiting runs the higher one is trained first, of equal ones the older; -10..10. Nothing that trains is interrupted.",
  })
  readonly priority?: number | null;

  @Field(() => String, {
    nullable: true,
    description: "Repeating a request with the same key returns the first one's run.",
  })
  readonly idempotencyKey?: string | null;
}
