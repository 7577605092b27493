/** How often an operation uses what may be used only so often, and where it may not be used at all. */
import { getNullableType, isListType, TypeNameMetaFieldDef } from "graphql";
import { type ComplexityEstimatorArgs, getComplexity } from "graphql-query-complexity";
import { type Asked, queryOf } from "./asked.ts";

export interface Uses {
  /** Of each heavy field, by names such as "PriceSeries.chart". */
  readonly heavy: ReadonlyMap<string, number>;
  /** A heavy field that would be computed for each entry of a list, or at each event. */
  readonly repeated: { readonly field: string; readonly under: string } | null;
  /** Fields of the operation itself, aliases counted. */
  readonly roots: number;
}

/** @throws GraphQLError as pointsIn does. */
export function usesIn(asked: Asked): Uses {
  const { schema } = asked;
  const events = schema.getSubscriptionType();
  const roots = [schema.getQueryType(), schema.getMutationType(), events];
  const heavy = new Map<string, number>();
  let newest = "";
  let repeated: Uses["repeated"] = null;
  let rootCount = 0;
  // Fields come bottom up, and what is returned is added up: childComplexity is the number of heavy fields below.
  const count = ({ type, field, childComplexity }: ComplexityEstimatorArgs): number => {
    const name = `${type.name}.${field.name}`;
    if (field !== TypeNameMetaFieldDef && roots.some((root) => root === type)) rootCount++;
    if (childComplexity > 0 && (type === events || isListType(getNullableType(field.type))))
      repeated ??= { field: newest, under: name };
    if (field.extensions?.heavy !== true) return childComplexity;
    heavy.set(name, (heavy.get(name) ?? 0) + 1);
    newest = name;
    return childComplexity + 1;
  };
  getComplexity({ ...queryOf(asked), estimators: [count] });
  return { heavy, repeated, roots: rootCount };
}
