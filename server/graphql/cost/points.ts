/** The points that an operation asks for: what its fields declare, multiplied along lists. */
import { getNamedType, isIntrospectionType, isLeafType, SchemaMetaFieldDef } from "graphql";
import {
  type ComplexityEstimator,
  type ComplexityEstimatorArgs,
  fieldExtensionsEstimator,
  getComplexity,
} from "graphql-query-complexity";
import { type Asked, queryOf } from "./asked.ts";

/** So that a long list is not asked for by a thousand aliases: 500 entries with 1,600 values each hold up the process for 0.9 s. */
const pointsPerValue = 0.5;

/** The whole schema is walked, whatever of it is shown; what tools send costs about 70,000 and takes 25 ms. */
const schemaPoints = 5_000;
/** About as long as these lists are in our schema, on average over its types. */
const introspectedLengths: Readonly<Record<string, number>> = {
  types: 70,
  fields: 6,
  inputFields: 1,
  enumValues: 1,
  directives: 5,
};

const introspected: ComplexityEstimator = ({ type, field, childComplexity }) => {
  if (field === SchemaMetaFieldDef) return schemaPoints + childComplexity;
  return isIntrospectionType(type)
    ? (introspectedLengths[field.name] ?? 1) * (1 + childComplexity)
    : undefined;
};

const undeclared: ComplexityEstimator = ({ field, childComplexity }) =>
  isLeafType(getNamedType(field.type)) ? pointsPerValue : childComplexity;

const estimators = [introspected, fieldExtensionsEstimator(), undeclared];

export interface Points {
  /** Whole, at least 1. */
  readonly requested: number;
  /** The field that adds most, as "PriceSeries.chart"; null where all are free. */
  readonly dearest: string | null;
}

/** @throws GraphQLError where an argument is wrong, or the operation has more parts than can be reckoned. */
export function pointsIn(asked: Asked): Points {
  const added = new Map<string, number>();
  const estimate = (args: ComplexityEstimatorArgs): number => {
    const points = estimators.map((estimator) => estimator(args)).find((found) => found !== undefined) ?? 0;
    const name = `${args.type.name}.${args.field.name}`;
    added.set(name, (added.get(name) ?? 0) + points - args.childComplexity);
    return points;
  };
  const requested = getComplexity({ ...queryOf(asked), estimators: [estimate] });
  const [dearest] = [...added].sort(([, one], [, other]) => other - one);
  return { requested: Math.max(1, Math.floor(requested)), dearest: dearest?.[0] ?? null };
}
