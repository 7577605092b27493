/** What of a run needs a person. */
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { attentionOf } from "../../domain/attention.ts";
import type { Context } from "../context.ts";
import { listOf } from "../cost/declared.ts";
import { Attention } from "./attention.type.ts";
import { Run } from "./run.type.ts";

@Resolver(() => Run)
export class AttentionResolver {
  @FieldResolver(() => [Attention], {
    description: "What a person should look at, the gravest first: while it trains, and once it has ended.",
    complexity: listOf(1),
  })
  async attention(@Root() run: Run, @Ctx() { loaders }: Context): Promise<readonly Attention[]> {
    const scores = run.status === "SUCCEEDED" ? await loaders.scores.load(run.id) : [];
    const test = scores.find(({ split }) => split === "TEST");
    return attentionOf({
      ...run,
      isDiverged: run.error?.code === "DIVERGED",
      epochs: run.config.epochs,
      testSkill: test?.skill ?? null,
      testPValue: test?.pValue ?? null,
    });
  }
}
