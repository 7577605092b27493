/** Asks for all that a type of the contract promises, down to the last leaf. */
import { type GraphQLNamedType, getNamedType, isInterfaceType, isObjectType } from "graphql";

/** A selection of every field but those `without`; arguments keep their defaults, so all must have one. */
export function everyFieldOf(
  type: GraphQLNamedType | null | undefined,
  without: readonly string[] = [],
): string {
  if (!isObjectType(type) && !isInterfaceType(type)) return "";
  const fields = Object.values(type.getFields()).filter(
    ({ name }) => !without.includes(`${type.name}.${name}`),
  );
  return `{ ${fields.map((field) => `${field.name} ${everyFieldOf(getNamedType(field.type), without)}`).join(" ")} }`;
}
