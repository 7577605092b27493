/** How a run is configured: the fields are the catalogue's. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { layerWords } from "../../recipe/fields/model.ts";
import type * as domain from "../../recipe/training-config.ts";
import { Indicator } from "./indicator.type.ts";
import { OtherSeries } from "./other-series.type.ts";
import { declareConfigFields } from "./recipe-types.ts";

@ObjectType({ description: "One recurrent layer." })
export class GruLayer {
  @Field(() => Int, { description: layerWords.units.description })
  readonly units!: number;

  @Field(() => Float, { description: layerWords.dropout.description })
  readonly dropout!: number;
}

/** Has the type of a configuration; its fields are declared below. */
const Configuration = class {} as new () => domain.TrainingConfig;

@ObjectType({ description: "What a training was asked to do, complete and checked." })
export class TrainingConfig extends Configuration {}
declareConfigFields(TrainingConfig, {
  LAYERS: GruLayer,
  INDICATORS: Indicator,
  OTHER_SERIES: OtherSeries,
});
