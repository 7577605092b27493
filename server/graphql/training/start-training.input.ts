/** What starts a training. The service checks it; the hyperparameters among its fields are the catalogue's. */
import { Field, Float, ID, InputType, Int } from "type-graphql";
import { layerWords } from "../../recipe/fields/model.ts";
import type { TrainingRequest } from "../../recipe/training-config.ts";
import type { StartTrainingRequest } from "../../services/services.ts";
import { Engine } from "./engine.type.ts";
import { IndicatorInput } from "./indicator.type.ts";
import { OtherSeriesInput } from "./other-series.type.ts";
import { declareRequestFields } from "./recipe-types.ts";

@InputType({ description: "One recurrent layer." })
class GruLayerInput {
  @Field(() => Int, { description: layerWords.units.description })
  readonly units!: number;

  @Field(() => Float, { nullable: true, defaultValue: 0, description: layerWords.dropout.description })
  readonly dropout?: number | null;
}

/** Has the type of the hyperparameters; they are declared below. */
const Hyperparameters = class {} as new () => TrainingRequest;

@InputType({ description: "A training to start: the series, the network, and how it is trained and judged." })
export class StartTrainingInput extends Hyperparameters implements StartTrainingRequest {
  @Field(() => ID, { description: "The series to train on." })
  readonly priceSeriesId!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      "One of trainingPresets: hyperparameters that are omitted take its values. Omitted: they take their defaults.",
  })
  readonly preset?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What people call the run. Omitted: the series, the target and the layers.",
  })
  readonly name?: string | null;

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
declareRequestFields(StartTrainingInput, {
  LAYERS: GruLayerInput,
  INDICATORS: IndicatorInput,
  OTHER_SERIES: OtherSeriesInput,
});
