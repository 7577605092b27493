/** Price series: found, listed, imported, and their bars. */
import { Arg, Args, Ctx, Extensions, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import { InvalidInput } from "../../domain/errors.ts";
import { longestSymbol, symbolAsStored } from "../../domain/series-identity.ts";
import { searchText, shortText } from "../../domain/short-text.ts";
import type { Services } from "../../services/services.ts";
import type { Context } from "../context.ts";
import { heavy } from "../cost/declared.ts";
import { isId } from "../known-id.ts";
import { type Connection, pageCost, pageRequest, toConnection } from "../paging.ts";
import { BarColumns, toBarColumns } from "./bar-columns.ts";
import { ImportPriceSeriesInput, ImportPriceSeriesPayload } from "./import-price-series.type.ts";
import { toImportReview } from "./import-review.type.ts";
import {
  BarsArguments,
  ChartArguments,
  chartCost,
  PriceSeriesArguments,
  PriceSeriesListArguments,
  pointsAsked,
  usualBars,
} from "./price-series.arguments.ts";
import { type Bar, BarConnection, PriceSeries, PriceSeriesConnection } from "./price-series.type.ts";

@Resolver(() => PriceSeries)
export class PriceSeriesResolver {
  @Query(() => PriceSeries, {
    nullable: true,
    description: "The series with an id or a symbol; null if none.",
  })
  priceSeries(
    @Args(() => PriceSeriesArguments) wanted: PriceSeriesArguments,
    @Ctx() { services }: Context,
  ): Promise<PriceSeries | null> {
    return findPriceSeries(services, wanted);
  }

  @Query(() => PriceSeriesConnection, { description: "All series, by symbol.", complexity: pageCost() })
  async allPriceSeries(
    @Args(() => PriceSeriesListArguments) args: PriceSeriesListArguments,
    @Ctx() { services }: Context,
  ): Promise<Connection<PriceSeries>> {
    return toConnection(
      await services.priceSeries.list(pageRequest(args), searchText("search", args.search)),
    );
  }

  @Mutation(() => ImportPriceSeriesPayload, {
    description:
      "Creates a series from CSV text, or adds to it. Rows that exist are updated, the rest appended: safe to repeat.",
  })
  async importPriceSeries(
    @Arg("input", () => ImportPriceSeriesInput, { description: "The text, and how to read it." })
    input: ImportPriceSeriesInput,
    @Ctx() { services }: Context,
  ): Promise<ImportPriceSeriesPayload> {
    const { series, report } = await services.importPriceSeries(input);
    return { priceSeries: series, report: { ...report, review: toImportReview(report.review) } };
  }

  @Extensions(heavy)
  @FieldResolver(() => BarConnection, {
    description: "The bars themselves, page by page.",
    complexity: pageCost(usualBars),
  })
  async bars(
    @Root() series: PriceSeries,
    @Args(() => BarsArguments) args: BarsArguments,
    @Ctx() { services }: Context,
  ): Promise<Connection<Bar>> {
    return toConnection(await services.priceSeries.bars(series.version, pageRequest(args, usualBars), args));
  }

  @Extensions(heavy)
  @FieldResolver(() => BarColumns, {
    description: "The same bars as columns for charts, reduced to maxPoints without losing extremes.",
    complexity: chartCost,
  })
  async chart(
    @Root() series: PriceSeries,
    @Args(() => ChartArguments) args: ChartArguments,
    @Ctx() { services }: Context,
  ): Promise<BarColumns> {
    return toBarColumns(await services.chartBars(series.version, args, pointsAsked(args.maxPoints)));
  }
}

async function findPriceSeries({ priceSeries }: Services, { id, symbol }: PriceSeriesArguments) {
  if (id == null && symbol == null)
    throw new InvalidInput("id", "priceSeries needs an id or a symbol, got neither");
  if (symbol != null) shortText("symbol", symbol, longestSymbol);
  const named = symbol == null ? null : symbolAsStored(symbol);
  if (id == null) return priceSeries.findBySymbol(named ?? "");
  const found = isId(id) ? await priceSeries.findById(id) : null;
  return named === null || found?.symbol === named ? found : null;
}
