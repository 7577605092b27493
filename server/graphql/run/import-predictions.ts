/** Somebody else's forecasts, put beside a run's own. */
import { Arg, Ctx, Field, Float, ID, InputType, Int, Mutation, ObjectType, Resolver } from "type-graphql";
import type { ImportPredictionsRequest } from "../../services/services.ts";
import type { Context } from "../context.ts";
import { DateTime } from "../date-time.ts";
import { idOf } from "../known-id.ts";
import { Run } from "./run.type.ts";

@InputType({ description: "Forecasts of bars that a run predicted as well, as columns of equal length." })
export class ImportPredictionsInput implements ImportPredictionsRequest {
  @Field(() => ID, { description: "The run that they stand beside; it has SUCCEEDED." })
  readonly runId!: string;

  @Field(() => String, {
    description: "Whose they are, 1..60 characters. The same name again takes the place of what came before.",
  })
  readonly name!: string;

  @Field(() => Int, { nullable: true, defaultValue: 1, description: "How many bars ahead, 1..horizon." })
  readonly step?: number | null;

  @Field(() => [DateTime], {
    description: "Times of the predicted bars, as the run's predictions have them.",
  })
  readonly time!: Date[];

  @Field(() => [Float], {
    description: "In the unit of the run's predictions: of LOG_VARIANCE, volatility in percent a year.",
  })
  readonly predicted!: number[];

  @Field(() => [Float], { nullable: "itemsAndList", description: "Lower ends of their intervals." })
  readonly lower?: (number | null)[] | null;

  @Field(() => [Float], { nullable: "itemsAndList", description: "Upper ends of their intervals." })
  readonly upper?: (number | null)[] | null;
}

@ObjectType({ description: "What became of the forecasts." })
export class ImportPredictionsPayload {
  @Field(() => Run, { description: "The run that they now stand beside." })
  readonly run!: Run;

  @Field(() => Int, { description: "Forecasts of bars that the run predicted in its validation or test." })
  readonly matched!: number;

  @Field(() => Int, { description: "Forecasts of other bars: left out." })
  readonly unmatched!: number;
}

@Resolver()
export class ImportPredictionsResolver {
  @Mutation(() => ImportPredictionsPayload, {
    description: "Somebody else's forecasts, scored on the same targets as this run's.",
  })
  async importPredictions(
    @Arg("input", () => ImportPredictionsInput, { description: "The forecasts." })
    input: ImportPredictionsInput,
    @Ctx() { services }: Context,
  ): Promise<ImportPredictionsPayload> {
    idOf("run", input.runId);
    return services.importPredictions(input);
  }
}
