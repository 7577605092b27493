/** Indicators among a network's inputs; the kinds are the catalogue's. */
import { Field, InputType, Int, ObjectType } from "type-graphql";
import {
  indicatorCatalogue,
  indicatorEntry,
  indicatorKinds,
  type IndicatorKind as Kind,
} from "../../recipe/indicators.ts";
import { graphqlEnum } from "../graphql-enum.ts";

export type IndicatorKind = Kind;
export const IndicatorKind = graphqlEnum<Kind>(
  "IndicatorKind",
  "Numbers that are computed of a bar and those before it.",
  Object.fromEntries(indicatorKinds.map((kind) => [kind, meaningOf(kind)])) as Record<Kind, string>,
);

function meaningOf(kind: Kind): string {
  const { period } = indicatorEntry(kind);
  const { meaning } = indicatorCatalogue[kind];
  return period === null
    ? meaning
    : `${meaning} Period ${period.minimum}..${period.maximum}, usually ${period.usual}.`;
}

@ObjectType({ description: "One of a network's inputs, computed of the bars so far." })
export class Indicator {
  @Field(() => IndicatorKind, { description: "Which one." })
  readonly kind!: Kind;

  @Field(() => Int, { nullable: true, description: "In bars; null for a kind that has none." })
  readonly period!: number | null;
}

@InputType({ description: "One of a network's inputs, computed of the bars so far." })
export class IndicatorInput {
  @Field(() => IndicatorKind, { description: "Which one." })
  readonly kind!: Kind;

  @Field(() => Int, { nullable: true, description: "In bars. Omitted: the kind's usual one." })
  readonly period?: number | null;
}
