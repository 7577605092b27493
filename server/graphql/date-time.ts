/** The contract's DateTime: instants only. A time without an offset is refused, for nobody could say when it was. */
import { GraphQLScalarType } from "graphql";
import { GraphQLDateTimeISO } from "graphql-scalars";

export const DateTime = new GraphQLScalarType({
  ...GraphQLDateTimeISO.toConfig(),
  name: "DateTime",
  description: "ISO 8601 timestamp with offset.",
});
