/** The import of price series: what it takes, and what it did with each row. */
import { Field, InputType, Int, ObjectType } from "type-graphql";
import type { ColumnNames, ImportPriceSeriesRequest } from "../../services/services.ts";
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
    defaultValue: "UTC",
    description: "IANA zone of the exchange, for dates without a zone.",
  })
  readonly timezone?: string | null;

  @Field(() => String, {
    description:
      "Header row required. Columns are recognised by the usual names of the common sources, or named in columns.",
  })
  readonly csv!: string;

  @Field(() => ColumnNamesInput, {
    nullable: true,
    description: "Names of the columns that are not recognised by themselves.",
  })
  readonly columns?: ColumnNamesInput | null;

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
