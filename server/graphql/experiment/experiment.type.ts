/** Experiments, as the API shows them: many runs, one question. */
import { Field, Float, ID, InputType, Int, ObjectType } from "type-graphql";
import type * as domain from "../../domain/experiment.ts";
import type { SweepAxis } from "../../recipe/sweep.ts";
import type { StartExperimentRequest } from "../../services/services.ts";
import { DateTime } from "../date-time.ts";
import { graphqlEnum } from "../graphql-enum.ts";
import { Forecaster } from "../run/judgement.type.ts";
import { StartTrainingInput } from "../training/start-training.input.ts";

export type ExperimentPlan = domain.ExperimentPlan;
export const ExperimentPlan = graphqlEnum<ExperimentPlan>(
  "ExperimentPlan",
  "Which runs an experiment is made of.",
  {
    SEEDS: "One recipe from several seeds: how much of a score is luck, and what the mean of all is worth.",
    WALK_FORWARD: "One recipe, refitted again and again along the series: whether it holds at other times.",
    SWEEP:
      "One recipe with every combination of some values of its hyperparameters: which of them matters. The best of many looks better than it is.",
  },
);

@ObjectType({ description: "Runs that answer one question together." })
export class Experiment {
  @Field(() => ID, { description: "UUID." })
  readonly id!: string;

  @Field(() => String, { description: "What people call it." })
  readonly name!: string;

  @Field(() => ExperimentPlan, { description: "Which runs it is made of." })
  readonly plan!: ExperimentPlan;

  @Field(() => DateTime, { description: "When it was asked for." })
  readonly createdAt!: Date;
}

@ObjectType({ description: "One forecaster over the runs of an experiment that succeeded." })
export class GroupScores implements domain.GroupScores {
  @Field(() => Forecaster, { description: "Who forecast." })
  readonly forecaster!: Forecaster;

  @Field(() => String, { nullable: true, description: "Tells several of a kind apart." })
  readonly name!: string | null;

  @Field(() => Int, { description: "Runs that have its score; of ENSEMBLE, the networks in it." })
  readonly count!: number;

  @Field(() => Float, {
    description: "Mean of its MAE over the runs; of ENSEMBLE, the MAE of the mean forecast.",
  })
  readonly maeMean!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Standard deviation over the runs; null of fewer than two.",
  })
  readonly maeDeviation!: number | null;

  @Field(() => Float, { description: "Mean of 1 - its MAE / the last value's." })
  readonly skillMean!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Standard deviation over the runs; null of fewer than two.",
  })
  readonly skillDeviation!: number | null;
}

@InputType({ description: "A hyperparameter that a sweep varies." })
export class SweepAxisInput implements SweepAxis {
  @Field(() => String, {
    description: "Name of a recipe field that isSweepable, such as learningRate or seed.",
  })
  readonly field!: string;

  @Field(() => [String], {
    description: 'Its values as JSON text, such as 0.001, "HUBER" or [{"units": 32}].',
  })
  readonly values!: readonly string[];
}

@InputType({ description: "An experiment to start." })
export class StartExperimentInput implements StartExperimentRequest {
  @Field(() => String, {
    nullable: true,
    description: "What people call it. Omitted: the recipe and the plan.",
  })
  readonly name?: string | null;

  @Field(() => ExperimentPlan, { description: "Which runs it is made of." })
  readonly plan!: ExperimentPlan;

  @Field(() => StartTrainingInput, { description: "What every run has in common." })
  readonly training!: StartTrainingInput;

  @Field(() => Int, {
    nullable: true,
    description: "SEEDS: how many, from training.seed on. 2..100; omitted: 5.",
  })
  readonly seeds?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "WALK_FORWARD: bars between refits; sliding: train on the last trainBars only. They are each fold's test; omitted: training.testBars / folds.",
  })
  readonly refitEvery?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "WALK_FORWARD: how many, 2..100; the last ends with the series. Omitted: 5.",
  })
  readonly folds?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "WALK_FORWARD: slides, and trains on so many bars before each test. Omitted: expands, from the first bar on.",
  })
  readonly trainBars?: number | null;

  @Field(() => [SweepAxisInput], {
    nullable: true,
    description: "SWEEP: 1..4 fields, together 2..100 combinations.",
  })
  readonly sweep?: readonly SweepAxisInput[] | null;

  @Field(() => String, {
    nullable: true,
    description: "Repeating a request with the same key returns the first one's experiment.",
  })
  readonly idempotencyKey?: string | null;
}

@ObjectType({ description: "The experiment that was started, or cancelled." })
export class StartExperimentPayload {
  @Field(() => Experiment, { description: "The experiment." })
  readonly experiment!: Experiment;
}
