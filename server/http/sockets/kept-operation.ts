/** What a subscription keeps for as long as it lives: no blanks, no comments, no locations, no variables that it does not declare. */
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  type OperationDefinitionNode,
  parse,
  stripIgnoredCharacters,
} from "graphql";
import { keptVariablesLength } from "../limits.ts";

/** The document as its text has it, without more. A name of 13 characters or more would keep the whole text it was cut from. */
export const smallest = (query: string): DocumentNode =>
  parse(stripIgnoredCharacters(query), { noLocation: true });

export type Variables = Readonly<Record<string, unknown>>;

/** Those that the operation declares, as they were sent, or what is wrong with them. */
export function declaredVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  given: Variables,
): { variables: Variables } | { errors: readonly GraphQLError[] } {
  const { errors } = getVariableValues(schema, variableDefinitions, given);
  if (errors) return { errors };
  const names = variableDefinitions.map(({ variable }) => variable.name.value);
  const declared = names.filter((name) => Object.hasOwn(given, name)).map((name) => [name, given[name]]);
  return { variables: Object.fromEntries(declared) };
}

/** Null: no more than a subscription may keep. */
export function refuseKeeping(variables: Variables): GraphQLError | null {
  const { length } = JSON.stringify(variables);
  if (length <= keptVariablesLength) return null;
  return new GraphQLError(
    `a subscription may keep variables of ${keptVariablesLength} characters, got ${length}`,
    { extensions: { code: "LIMIT_EXCEEDED" } },
  );
}
