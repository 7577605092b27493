/** The whole schema, from the resolvers' classes. TypeGraphQL gathers decorators through reflect-metadata. */
import "reflect-metadata";
import type { GraphQLSchema } from "graphql";
import { buildSchemaSync, type PubSub } from "type-graphql";
import { ExperimentResolver } from "./experiment/experiment.resolver.ts";
import { ChangePriceSeriesResolver } from "./price-series/change-price-series.resolver.ts";
import { PriceSeriesResolver } from "./price-series/price-series.resolver.ts";
import { AttentionResolver } from "./run/attention.resolver.ts";
import { ComparisonResolver } from "./run/comparison.resolver.ts";
import { ForecastResolver } from "./run/forecast.resolver.ts";
import { ImportPredictionsResolver } from "./run/import-predictions.ts";
import { JudgementResolver } from "./run/judgement.resolver.ts";
import { RunResolver } from "./run/run.resolver.ts";
import { RunColumnsResolver } from "./run/run-columns.resolver.ts";
import { BaselineResolver, RunNotesResolver } from "./run/run-notes.resolver.ts";
import { StandingsResolver } from "./run/standings.resolver.ts";
import { ScheduleResolver } from "./schedule/schedule.resolver.ts";
import { SystemResolver } from "./system/system.resolver.ts";
import { TrainingResolver } from "./training/training.resolver.ts";
import { TrainingConfigResolver } from "./training/training-config.resolver.ts";
import { TrainingEventResolver } from "./training-event/training-event.resolver.ts";

export const createSchema = (): GraphQLSchema =>
  buildSchemaSync({
    resolvers: [
      PriceSeriesResolver,
      ChangePriceSeriesResolver,
      RunResolver,
      RunNotesResolver,
      BaselineResolver,
      RunColumnsResolver,
      AttentionResolver,
      StandingsResolver,
      ComparisonResolver,
      ForecastResolver,
      JudgementResolver,
      ExperimentResolver,
      ImportPredictionsResolver,
      ScheduleResolver,
      TrainingResolver,
      TrainingConfigResolver,
      TrainingEventResolver,
      SystemResolver,
    ],
    // Our own checks name the field and say what was expected.
    validate: false,
    pubSub: unused,
  });

// TypeGraphQL asks for one as soon as there is a subscription. Ours listen to the services' own streams.
const unused: PubSub = { publish: refuse, subscribe: refuse };
function refuse(): never {
  throw new Error("nothing is published through TypeGraphQL: give the subscription a subscribe function");
}
