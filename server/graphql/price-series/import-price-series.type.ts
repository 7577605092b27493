/** The import of price series: what it takes, and what it did with each row. */
import { Field, InputType, Int, ObjectType } from "type-graphql";
import type { ColumnNames, ColumnPositions, ImportPriceSeriesRequest } from "../../services/services.ts";
import { ImportReview } from "./import-review.type.ts";
import { PriceSeries } from "./price-series.type.ts";

@InputType({ description: "The header's names of the columns, where they are not among the usual ones." })
export class ColumnNamesInput implements ColumnNames {
  @Field(() => String, { nullable: true, description: "Column of the date or time." })
  readonly time?: string | null;

  @Field(() => String, { nullable: true, description: "Column of the first price." })
  readonly open?: string | null;

  @Field(() => String, { nullable: true, description: "Column of the highest price." })
  readonly high?: string | null;

  @Field(() => String, { nullable: true, description: "Column of the lowest price." })
  readonly low?: string | null;

  @Field(() => String, { nullable: true, description: "Column of the last price." })
  readonly close?: string | null;

  @Field(() => String, { nullable: true, description: "Column of the adjusted last price." })
  readonly adjustedClose?: string | null;

  @Field(() => String, { nullable: true, description: "Column of the amount traded." })
  readonly volume?: string | null;
}

@InputType({ description: "Which column is which, counted from 1, for a file without a header." })
export class ColumnPositionsInput implements ColumnPositions {
  @Field(() => Int, { description: "Column of the date or time." })
  readonly time!: number;

  @Field(() => Int, {
    nullable: true,
    description: "Column of the time of day, where it is apart from the date.",
  })
  readonly clock?: number | null;

  @Field(() => Int, { description: "Column of the first price." })
  readonly open!: number;

  @Field(() => Int, { description: "Column of the highest price." })
  readonly high!: number;

  @Field(() => Int, { description: "Column of the lowest price." })
  readonly low!: number;

  @Field(() => Int, { description: "Column of the last price." })
  readonly close!: number;

  @Field(() => Int, { nullable: true, description: "Column of the adjusted last price." })
  readonly adjustedClose?: number | null;

  @Field(() => Int, { nullable: true, description: "Column of the amount traded." })
  readonly volume?: number | null;
}

@InputType({ description: "A series as CSV text, and how to read it." })
export class ImportPriceSeriesInput implements ImportPriceSeriesRequest {
  @Field(() => String, { description: "The series to create, or to add to." })
  readonly symbol!: string;

  @Field(() => String, { nullable: true, description: "What people call it." })
  readonly name?: string | null;

  @Field(() => String, { nullable: true, description: "Currency of the prices, such as USD." })
  readonly currency?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "IANA zone of the exchange, for dates without a zone. Omitted: that of the series, and UTC for a new one.",
  })
  readonly timezone?: string | null;

  @Field(() => String, {
    description:
      "Header row required. Columns are recognised by the usual names of the common sources, or named in columns. A file without a header is read with columnPositions.",
  })
  readonly csv!: string;

  @Field(() => ColumnNamesInput, {
    nullable: true,
    description: "Names of the columns that are not recognised by themselves.",
  })
  readonly columns?: ColumnNamesInput | null;

  @Field(() => ColumnPositionsInput, {
    nullable: true,
    description: "Which column is which, for a file that has no header: then its first line is a bar.",
  })
  readonly columnPositions?: ColumnPositionsInput | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "Line of the header, from 1, where it is not found by itself; lines above it are passed over.",
  })
  readonly headerLine?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The one to take where a column such as Ticker or Name tells several instruments apart: one of that column's values.",
  })
  readonly instrument?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Pattern of the dates, such as d/M/yyyy (Luxon's tokens), where they could be read in two ways.",
  })
  readonly dateFormat?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: "Check and report only; store nothing.",
  })
  readonly dryRun?: boolean | null;
}

@ObjectType({ description: "line counts from 1, the header included." })
export class RowProblem {
  @Field(() => Int, { description: "Line of the file, from 1, the header included." })
  readonly line!: number;

  @Field(() => String, {
    nullable: true,
    description: "The header's name of the column to blame, if one is.",
  })
  readonly column!: string | null;

  @Field(() => String, { description: "What was expected and what came." })
  readonly message!: string;
}

@ObjectType({ description: "What a column of the file was taken for." })
export class ColumnUse {
  @Field(() => String, { description: "The header's name of it, or its position where it has none." })
  readonly column!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "time, open, high, low, close, adjustedClose, volume, instrument; null: passed over. A column read as several things comes once for each.",
  })
  readonly field!: string | null;
}

@ObjectType({ description: "What an import did with each row." })
export class ImportReport {
  @Field(() => Int, { description: "Rows after the header." })
  readonly rowsRead!: number;

  @Field(() => Int, { description: "Rows that became new bars." })
  readonly rowsAdded!: number;

  @Field(() => Int, { description: "Rows that changed a stored bar." })
  readonly rowsUpdated!: number;

  @Field(() => Int, { description: "Rows that say what is stored already." })
  readonly rowsUnchanged!: number;

  @Field(() => Int, { description: "Rows that were left out; problems says why." })
  readonly rowsRejected!: number;

  @Field(() => [RowProblem], { description: "Why rows were left out, in the order of the file." })
  readonly problems!: readonly RowProblem[];

  @Field(() => [ColumnUse], { description: "How each column of the file was read." })
  readonly columns!: readonly ColumnUse[];

  @Field(() => [String], {
    description:
      "Rows that were stored and deserve a look: jumps like splits, stale repeats, long gaps; and what the file settled (day first, zone, unit of time).",
  })
  readonly warnings!: readonly string[];

  @Field(() => ImportReview, {
    description: "What changes and jumps; a dry run tells it before it is stored.",
  })
  readonly review!: ImportReview;
}

@ObjectType({ description: "The outcome of an import." })
export class ImportPriceSeriesPayload {
  @Field(() => PriceSeries, {
    nullable: true,
    description: "The series afterwards; null for a dry run of one that does not exist yet.",
  })
  readonly priceSeries!: PriceSeries | null;

  @Field(() => ImportReport, { description: "What became of the rows." })
  readonly report!: ImportReport;
}
