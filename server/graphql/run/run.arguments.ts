/** What the fields of runs may be asked with. */
import { ArgsType, Field, Int } from "type-graphql";
import { searchText } from "../../domain/short-text.ts";
import type * as ports from "../../ports/runs.ts";
import { isId, nobodysId } from "../known-id.ts";
import { PageArguments } from "../paging.ts";
import { MaxPointsArguments } from "../price-series/price-series.arguments.ts";
import { Split } from "./results.type.ts";
import { RunFilter } from "./run.type.ts";

@ArgsType()
export class RunsArguments extends PageArguments {
  @Field(() => RunFilter, { nullable: true, description: "Which runs; all of them without." })
  readonly filter?: RunFilter | null;
}

@ArgsType()
export class PredictionsArguments extends MaxPointsArguments {
  @Field(() => Split, { defaultValue: "TEST", description: "Which part of the series." })
  readonly split!: Split;

  @Field(() => Int, { nullable: true, defaultValue: 1, description: "Which step of the horizon, from 1." })
  readonly step?: number | null;
}

/** As the services take it: each status once, for a list of many thousands is legal. @throws InvalidInput */
export const toRunFilter = ({ status, priceSeriesId, search }: RunFilter): ports.RunFilter => ({
  status: status && [...new Set(status)],
  seriesId: priceSeriesId == null || isId(priceSeriesId) ? priceSeriesId : nobodysId,
  search: searchText("search", search),
});
