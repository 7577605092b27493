/** What people say of runs, and which of them others are compared with. */
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from "type-graphql";
import type { UpdateRunsRequest } from "../../services/services.ts";
import type { Context } from "../context.ts";
import { idOf, isId } from "../known-id.ts";
import { PriceSeries } from "../price-series/price-series.type.ts";
import { Run } from "./run.type.ts";

@InputType({ description: "What to change of runs; what is left out stays as it is." })
export class UpdateRunsInput implements UpdateRunsRequest {
  @Field(() => String, { nullable: true, description: "1..200 characters; of one run only." })
  readonly name?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: "Tags to add, each 1..40 characters. A run has at most 20.",
  })
  readonly addTags?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Tags to take away, whether or not it has them." })
  readonly removeTags?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: "At most 2000 characters, of several lines. The empty text takes it away.",
  })
  readonly note?: string | null;

  @Field(() => Boolean, { nullable: true, description: "True: out of sight; false: back again." })
  readonly archived?: boolean | null;
}

@ObjectType({ description: "The runs as they are now." })
export class UpdateRunsPayload {
  @Field(() => [Run], { description: "Those of the ids that there are." })
  readonly runs!: readonly Run[];
}

@ObjectType({ description: "The run that others of its series are compared with." })
export class PinBaselinePayload {
  @Field(() => Run, { description: "The baseline." })
  readonly run!: Run;
}

@ObjectType({ description: "The series without a baseline." })
export class UnpinBaselinePayload {
  @Field(() => PriceSeries, { description: "The series." })
  readonly priceSeries!: PriceSeries;
}

@Resolver(() => Run)
export class RunNotesResolver {
  @Mutation(() => UpdateRunsPayload, {
    description:
      "Names, tags, annotates or archives runs, all or none of them. Ids that no run has are passed over. At most 500.",
  })
  async updateRuns(
    @Arg("ids", () => [ID], { description: "The runs to change." }) ids: string[],
    @Arg("input", () => UpdateRunsInput, { description: "What to change." }) input: UpdateRunsInput,
    @Ctx() { services }: Context,
  ): Promise<UpdateRunsPayload> {
    return { runs: await services.updateRuns(ids.filter(isId), input) };
  }

  @Mutation(() => PinBaselinePayload, {
    description: "Others of its series are compared with this run, in place of the one before.",
  })
  async pinBaseline(
    @Arg("runId", () => ID, { description: "The run to compare with." }) runId: string,
    @Ctx() { services }: Context,
  ): Promise<PinBaselinePayload> {
    return { run: await services.pinBaseline(idOf("run", runId)) };
  }

  @Mutation(() => UnpinBaselinePayload, {
    description: "The series has no baseline any more. Safe to repeat.",
  })
  async unpinBaseline(
    @Arg("priceSeriesId", () => ID, { description: "The series." }) priceSeriesId: string,
    @Ctx() { services }: Context,
  ): Promise<UnpinBaselinePayload> {
    return { priceSeries: await services.unpinBaseline(idOf("price series", priceSeriesId)) };
  }

  @FieldResolver(() => Boolean, { description: "Whether it was put out of sight." })
  archived(@Root() run: Run): boolean {
    return run.archivedAt !== null;
  }

  @FieldResolver(() => Boolean, {
    description: "Whether others of its series are compared with it.",
    complexity: 1,
  })
  async isBaseline(@Root() run: Run, @Ctx() { loaders }: Context): Promise<boolean> {
    return (await loaders.baseline.load(run.seriesId)) === run.id;
  }
}

@Resolver(() => PriceSeries)
export class BaselineResolver {
  @FieldResolver(() => Run, {
    nullable: true,
    description: "The run that others of the series are compared with; null while none is pinned.",
    complexity: 1,
  })
  async baselineRun(@Root() series: PriceSeries, @Ctx() { loaders }: Context): Promise<Run | null> {
    const id = await loaders.baseline.load(series.id);
    return id === null ? null : loaders.run.load(id);
  }
}
