/** What the fields of runs may be asked with. */
import type { ComplexityEstimator } from "graphql-query-complexity";
import { ArgsType, Field, Float, Int } from "type-graphql";
import { integerIn } from "../../domain/checks.ts";
import { longestTag } from "../../domain/run-tags.ts";
import { searchText, trimmedText } from "../../domain/short-text.ts";
import type * as ports from "../../ports/runs.ts";
import { recipe } from "../../recipe/catalogue.ts";
import { parseExpression } from "../../recipe/run-columns/parse-expression.ts";
import { runColumnOf } from "../../recipe/run-columns/run-columns.ts";
import { entriesOf, pointsOf } from "../cost/declared.ts";
import { DateTime } from "../date-time.ts";
import { isId, nobodysId } from "../known-id.ts";
import { PageArguments } from "../paging.ts";
import { chartCost, MaxPointsArguments } from "../price-series/price-series.arguments.ts";
import { Forecaster } from "./judgement.type.ts";
import { Split } from "./results.type.ts";
import { RunFilter } from "./run.type.ts";
import { RunSort } from "./run-columns.type.ts";

@ArgsType()
export class RunsArguments extends PageArguments {
  @Field(() => RunFilter, { nullable: true, description: "Which runs; all of them without." })
  readonly filter?: RunFilter | null;

  @Field(() => RunSort, { nullable: true, description: "In which order; the newest first without." })
  readonly sort?: RunSort | null;
}

/** @throws InvalidInput where the column is none */
export function toRunListOrder({ by, descending }: RunSort): ports.RunListOrder {
  const column = runColumnOf("sort.by", by);
  // Ids are in the order of creation, and none is twice.
  return { column: column.name === "createdAt" ? null : column, descending: descending ?? true };
}

@ArgsType()
export class PredictionsArguments extends MaxPointsArguments {
  @Field(() => Split, { defaultValue: "TEST", description: "Which part of the series." })
  readonly split!: Split;

  @Field(() => Int, { nullable: true, defaultValue: 1, description: "Which step of the horizon, from 1." })
  readonly step?: number | null;

  @Field(() => Float, {
    nullable: true,
    defaultValue: 0.95,
    description: "Of the intervals: 0.8 or 0.95.",
  })
  readonly level?: number | null;

  @Field(() => Forecaster, {
    nullable: true,
    defaultValue: "GRU",
    description: "Whose predictions: those of others are kept for validation and test.",
  })
  readonly forecaster?: Forecaster | null;

  @Field(() => String, {
    nullable: true,
    description: "Its name, where there are several of its kind, as the leaderboard has it.",
  })
  readonly forecasterName?: string | null;

  @Field(() => DateTime, { nullable: true, description: "Only predictions of bars at or after it." })
  readonly from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: "Only predictions of bars at or before it." })
  readonly to?: Date | null;
}

/** What epochs cost: the points asked for, or as many as the longest run has. */
export const epochsCost: ComplexityEstimator = (asked) =>
  asked.args.maxPoints == null ? recipe.epochs.maximum : chartCost(asked);

@ArgsType()
export class EpochsArguments {
  @Field(() => Int, {
    nullable: true,
    description:
      "How many at most, 2..100000: first, last and, from 6 on, the extremes of both losses stay. All of them without.",
  })
  readonly maxPoints?: number | null;

  @Field(() => Int, { nullable: true, description: "Only epochs from this one on." })
  readonly from?: number | null;

  @Field(() => Int, { nullable: true, description: "Only epochs up to this one." })
  readonly to?: number | null;
}

const usualCurvePoints = 30;
const mostCurvePoints = 60;
export const curveCost = pointsOf({ argument: "maxPoints", usual: usualCurvePoints, most: mostCurvePoints });
/** @throws InvalidInput */
export const curvePoints = (maxPoints: number | null | undefined): number =>
  integerIn("maxPoints", maxPoints ?? usualCurvePoints, 2, mostCurvePoints);

@ArgsType()
export class CurveArguments {
  @Field(() => Int, {
    nullable: true,
    defaultValue: usualCurvePoints,
    description: "How many at most, 2..60.",
  })
  readonly maxPoints?: number | null;
}

const usualLogLines = 100;
const mostLogLines = 500;
/** @throws InvalidInput */
export const linesAsked = (last: number | null | undefined): number =>
  integerIn("last", last ?? usualLogLines, 1, mostLogLines);
export const logCost = entriesOf({ argument: "last", usual: usualLogLines, most: mostLogLines });

@ArgsType()
export class LogArguments {
  @Field(() => Int, {
    nullable: true,
    defaultValue: usualLogLines,
    description: "How many at most, 1..500: the newest.",
  })
  readonly last?: number | null;

  @Field(() => Int, { nullable: true, description: "Only events with a smaller number: for older ones." })
  readonly before?: number | null;
}

/** As the services take it: each status once, for a list of many thousands is legal. @throws InvalidInput */
export const toRunFilter = (filter: RunFilter): ports.RunFilter => ({
  status: filter.status && [...new Set(filter.status)],
  seriesId: idIn(filter.priceSeriesId),
  experimentId: idIn(filter.experimentId),
  search: searchText("search", filter.search),
  searchStatus: filter.searchStatus && [...new Set(filter.searchStatus)],
  tag: trimmedText("filter.tag", filter.tag, longestTag),
  archived: filter.archived ?? null,
  beatsNaive: filter.beatsNaive ?? null,
  expression: parseExpression("filter.expression", filter.expression),
});

const idIn = (id: string | null | undefined) => (id == null || isId(id) ? id : nobodysId);
