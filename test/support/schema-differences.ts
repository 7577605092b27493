/** Where a schema breaks a contract, each difference in a line: more than graphql-js calls breaking, for defaults and words count too. */
import {
  astFromValue,
  findBreakingChanges,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isSpecifiedScalarType,
  print,
} from "graphql";

/** Additions are no differences; what the contract describes begins with its own words. */
export function differences(contract: GraphQLSchema, schema: GraphQLSchema): string[] {
  const promised = membersOf(contract);
  const kept = membersOf(schema);
  const changed = [...promised].flatMap(([name, { shape, description }]) => {
    const found = kept.get(name);
    if (!found) return [`${name} is missing`];
    const reworded = description && !found.description?.startsWith(description);
    return [
      ...(shape === found.shape ? [] : [`${name}: expected ${shape}, got ${found.shape}`]),
      ...(reworded ? [`${name}: expected the words "${description}", got "${found.description}"`] : []),
    ];
  });
  const breaking = findBreakingChanges(contract, schema).map((change) => change.description);
  return [...new Set([...changed, ...breaking])];
}

/** Names of all fields, arguments, values and types that say nothing of themselves. */
export const undescribed = (schema: GraphQLSchema): string[] =>
  [...membersOf(schema)].filter(([, { description }]) => !description).map(([name]) => name);

interface Member {
  /** As SDL writes it: type and default. */
  readonly shape: string;
  readonly description: string | null | undefined;
}

function membersOf(schema: GraphQLSchema): Map<string, Member> {
  const roots = new Set<GraphQLNamedType | null | undefined>([
    schema.getQueryType(),
    schema.getMutationType(),
    schema.getSubscriptionType(),
  ]);
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  return new Map(
    types.flatMap((type) => {
      const own: [string, Member][] = [
        [type.name, { shape: type.constructor.name, description: type.description }],
      ];
      return [...(roots.has(type) ? [] : own), ...partsOf(type)];
    }),
  );
}

function partsOf(type: GraphQLNamedType): [string, Member][] {
  if (isEnumType(type)) {
    return type
      .getValues()
      .map(({ name, description }) => [`${type.name}.${name}`, { shape: "value", description }]);
  }
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map((field) => inputPart(`${type.name}.${field.name}`, field));
  }
  if (!("getFields" in type)) return [];
  return Object.values(type.getFields()).flatMap((field) => {
    const name = `${type.name}.${field.name}`;
    return [
      [name, { shape: String(field.type), description: field.description }],
      ...field.args.map((argument) => inputPart(`${name}(${argument.name})`, argument)),
    ];
  });
}

function inputPart(name: string, part: GraphQLArgument | GraphQLInputField): [string, Member] {
  const value = part.defaultValue === undefined ? null : astFromValue(part.defaultValue, part.type);
  const shape = value ? `${part.type} = ${print(value)}` : String(part.type);
  return [name, { shape, description: part.description }];
}
