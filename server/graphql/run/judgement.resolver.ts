/** What is known of a finished run beside its losses: other forecasters, intervals, the leak test, how often its test was used. */
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { pinballOf } from "../../domain/results.ts";
import type { Context } from "../context.ts";
import { listOf } from "../cost/declared.ts";
import { Experiment } from "../experiment/experiment.type.ts";
import { Coverage, ForecasterScores } from "./judgement.type.ts";
import { Split } from "./results.type.ts";
import { Run } from "./run.type.ts";

@Resolver(() => Run)
export class JudgementResolver {
  @FieldResolver(() => [ForecasterScores], {
    description: "Every forecaster on the same targets, the best MAE first. Empty until the run succeeded.",
    complexity: listOf(20),
  })
  async leaderboard(
    @Root() run: Run,
    @Arg("split", () => Split, { defaultValue: "TEST", description: "The split." }) split: Split,
    @Arg("step", () => Int, {
      nullable: true,
      description: "Step of the horizon, from 1. Omitted: all steps together.",
    })
    step: number | null | undefined,
    @Ctx() { loaders }: Context,
  ): Promise<ForecasterScores[]> {
    const all = await loaders.forecasterScores.load(run.id);
    return all
      .filter((row) => row.split === split && row.step === (step ?? null) && row.fold === 0)
      .sort((a, b) => a.mae - b.mae);
  }

  @FieldResolver(() => [Coverage], {
    description: "How well the intervals held, by step, then by level.",
    complexity: listOf(4),
  })
  async coverage(
    @Root() run: Run,
    @Arg("split", () => Split, { defaultValue: "TEST", description: "VALIDATION or TEST." }) split: Split,
    @Ctx() { loaders }: Context,
  ): Promise<Coverage[]> {
    const all = await loaders.coverage.load(run.id);
    return all.filter((one) => one.split === split).map((one) => ({ ...one, pinball: pinballOf(one) }));
  }

  @FieldResolver(() => Experiment, {
    nullable: true,
    description: "The experiment that it is a part of; null for a run by itself.",
    complexity: 1,
  })
  async experiment(@Root() run: Run, @Ctx() { loaders }: Context): Promise<Experiment | null> {
    return run.experimentId === null ? null : loaders.experiment.load(run.experimentId);
  }

  @FieldResolver(() => Int, {
    description:
      "How many finished runs of the series were scored on a test that overlaps with this one's: with each look at the same bars the best of them looks better than it is. 0 without a test.",
    complexity: 5,
  })
  testUses(@Root() run: Run, @Ctx() { loaders }: Context): Promise<number> {
    return loaders.testUses.load(run.id);
  }
}
