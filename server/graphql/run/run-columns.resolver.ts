/** What runs can be sorted, filtered and shown by, and a run's values of it. */
import type { ComplexityEstimator } from "graphql-query-complexity";
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { InvalidInput } from "../../domain/errors.ts";
import type * as recipe from "../../recipe/run-columns/run-column.ts";
import { runColumnOf, runColumns } from "../../recipe/run-columns/run-columns.ts";
import type { Context } from "../context.ts";
import { listOf } from "../cost/declared.ts";
import { Run } from "./run.type.ts";
import { RunCell, RunColumn } from "./run-columns.type.ts";

const mostColumns = 40;

/** Each looks into another table at most. */
const cellsCost: ComplexityEstimator = ({ args, childComplexity }) =>
  Math.min(Array.isArray(args.columns) ? args.columns.length : 1, mostColumns) * (1 + childComplexity);

@Resolver(() => Run)
export class RunColumnsResolver {
  @Query(() => [RunColumn], {
    description: "All that runs can be sorted, filtered and shown by.",
    complexity: listOf(runColumns.length),
  })
  runColumns(): readonly recipe.RunColumn[] {
    return runColumns;
  }

  @Query(() => [String], {
    description: "The tags of all runs, the most used first, at most 200.",
    complexity: 100,
  })
  runTags(@Ctx() { services }: Context): Promise<readonly string[]> {
    return services.runs.tags();
  }

  @FieldResolver(() => [RunCell], {
    description: "Its values of some columns, in their order: what a table shows. At most 40.",
    complexity: cellsCost,
  })
  cells(
    @Root() run: Run,
    @Arg("columns", () => [String], { description: "Names of columns, as runColumns lists them." })
    columns: string[],
    @Ctx() { loaders }: Context,
  ): Promise<readonly recipe.RunCell[]> {
    if (columns.length > mostColumns)
      throw new InvalidInput("columns", `columns must be at most ${mostColumns}, got ${columns.length}`);
    return loaders.cells.load({
      id: run.id,
      columns: columns.map((name, at) => runColumnOf(`columns.${at}`, name)),
    });
  }
}
