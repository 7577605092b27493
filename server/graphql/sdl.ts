/** The schema as text, in an order that a reader can follow: where questions begin, then all types by name. */
import { type GraphQLSchema, isIntrospectionType, isSpecifiedScalarType, printType } from "graphql";

export function toSdl(schema: GraphQLSchema): string {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const others = Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
    .filter((type) => !roots.some((root) => root === type))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  return `${[...roots, ...others]
    .filter((type) => type != null)
    .map(printType)
    .join("\n\n")}\n`;
}
