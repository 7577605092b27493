/** Bars as columns, the shape that charts draw from. */
import { Field, Float, ObjectType } from "type-graphql";
import type { BarTable } from "../../domain/price-series.ts";
import { DateTime } from "../date-time.ts";

@ObjectType({ description: "Bars as columns of equal length, ascending in time." })
export class BarColumns {
  @Field(() => [DateTime], { description: "When each bar's period began." })
  readonly time!: readonly Date[];

  @Field(() => [Float], { description: "First prices." })
  readonly open!: readonly number[];

  @Field(() => [Float], { description: "Highest prices." })
  readonly high!: readonly number[];

  @Field(() => [Float], { description: "Lowest prices." })
  readonly low!: readonly number[];

  @Field(() => [Float], { description: "Last prices." })
  readonly close!: readonly number[];

  @Field(() => [Float], {
    nullable: "items",
    description: "Amounts traded; null where the source has none.",
  })
  readonly volume!: readonly (number | null)[];
}

export const toBarColumns = (table: BarTable): BarColumns => ({
  time: Array.from(table.time, (milliseconds) => new Date(milliseconds)),
  open: Array.from(table.open),
  high: Array.from(table.high),
  low: Array.from(table.low),
  close: Array.from(table.close),
  // NaN, a table's "not known", has no place in JSON.
  volume: Array.from(table.volume, (amount) => (Number.isNaN(amount) ? null : amount)),
});
