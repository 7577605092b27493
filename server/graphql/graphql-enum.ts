/** Makes a GraphQL enum of the domain's words, each with its meaning. Forget one and it does not compile. */
import { registerEnumType } from "type-graphql";

export function graphqlEnum<Value extends string>(
  name: string,
  description: string,
  meanings: Readonly<Record<Value, string>>,
): { readonly [value in Value]: value } {
  const words = Object.keys(meanings) as Value[];
  const values = Object.fromEntries(words.map((word) => [word, word])) as { [value in Value]: value };
  const valuesConfig = Object.fromEntries(words.map((word) => [word, { description: meanings[word] }]));
  registerEnumType<Record<string, string>>(values, { name, description, valuesConfig });
  return values;
}
