/** Operations from the schema itself: whatever can be asked or done is tried. */
import fc from "fast-check";
import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { inputFor, someRun, someSeries } from "./inputs.ts";

export interface Operation {
  readonly query: string;
  readonly variables: Record<string, unknown>;
  /** Names of its mutations, by the aliases in their order. */
  readonly mutations: readonly { readonly name: string; readonly input: unknown }[];
}

interface Parts {
  readonly text: string;
  readonly definitions: readonly string[];
  readonly variables: Record<string, unknown>;
}

/** Arguments go into variables or, where they can be written so, into the document. */
function fieldOf(
  field: GraphQLField<unknown, unknown>,
  alias: string,
  selection: string,
): fc.Arbitrary<Parts & { values: Record<string, unknown> }> {
  const needed = field.args.filter((argument) => isNonNullType(argument.type));
  return fc
    .tuple(fc.subarray([...field.args]), fc.boolean(), fc.constantFrom("", "__proto__", "constructor"))
    .chain(([some, isInline, odd]) => {
      const args = [...new Set([...needed, ...some])];
      return fc.tuple(...args.map((argument) => inputFor(argument.type, argument.name))).map((given) => {
        const values = Object.fromEntries(args.map((argument, at) => [argument.name, given[at]]));
        const definitions: string[] = [];
        const variables: [string, unknown][] = [];
        const texts = args.map((argument) => {
          const value = values[argument.name];
          const written = isInline ? literal(value, argument.type) : null;
          if (written !== null) return `${argument.name}: ${written}`;
          const name = odd === "" || definitions.length > 0 ? `${alias}_${argument.name}` : `${odd}_${alias}`;
          definitions.push(`$${name}: ${argument.type}`);
          variables.push([name, value]);
          return `${argument.name}: $${name}`;
        });
        const text = `${alias}: ${field.name}${texts.length > 0 ? `(${texts.join(", ")})` : ""} ${selection}`;
        return { text, definitions, variables: Object.fromEntries(variables), values };
      });
    });
}

/** As it stands in a document; null where no document can hold it so. */
function literal(value: unknown, type: GraphQLInputType): string | null {
  const nullable = getNullableType(type);
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return Number.isFinite(value) ? String(value).replace("e+", "e") : null;
  if (typeof value === "string") {
    if (value.startsWith("@@")) return value.slice(2);
    if (value.startsWith(someSeries) || value.startsWith(someRun) || /\p{Cs}/u.test(value)) return null;
    return isEnumType(nullable) && /^[A-Za-z_]\w*$/.test(value) ? value : JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    const inner = isListType(nullable) ? nullable.ofType : type;
    const parts = value.map((entry) => literal(entry, inner));
    return parts.includes(null) ? null : `[${parts.join(", ")}]`;
  }
  if (!isInputObjectType(nullable) || typeof value !== "object") return null;
  const fields = nullable.getFields();
  const parts = Object.entries(value).map(([name, part]) => {
    const text = literal(part, fields[name]?.type ?? type);
    return text === null ? null : `${name}: ${text}`;
  });
  return parts.includes(null) ? null : `{${parts.join(", ")}}`;
}

/** All that a type tells without being asked anything, as deep as that. */
function plainSelection(type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return "";
  if (!isObjectType(named) || depth === 0) return "{ __typename }";
  const parts = Object.values(named.getFields())
    .filter((field) => field.args.length === 0 && (isLeafType(getNamedType(field.type)) || depth > 1))
    .map((field) => `${field.name} ${plainSelection(field.type, depth - 1)}`);
  return `{ __typename ${parts.join(" ")} }`;
}

/** What the caller must learn to keep its books. */
const told: Readonly<Record<string, string>> = {
  importPriceSeries:
    "{ priceSeries { id symbol barCount } report { rowsRead rowsAdded rowsRejected problems { line } warnings } }",
  startTraining: "{ run { id status sameName: name } }",
};

export function mutations(schema: GraphQLSchema): fc.Arbitrary<Operation> {
  const fields = Object.values(schema.getMutationType()!.getFields());
  const count = fc.oneof(
    { weight: 8, arbitrary: fc.constant(1) },
    { weight: 2, arbitrary: fc.integer({ min: 2, max: 3 }) },
    { weight: 1, arbitrary: fc.integer({ min: 9, max: 12 }) },
  );
  return count.chain((most) =>
    fc
      .array(fc.constantFrom(...fields), { minLength: most, maxLength: most })
      .chain((some) =>
        fc.tuple(
          ...some.map((field, at) =>
            fieldOf(field, `m${at}`, told[field.name] ?? plainSelection(field.type, 2)).map((parts) => ({
              ...parts,
              name: field.name,
            })),
          ),
        ),
      )
      .map((parts) => ({
        ...assembled("mutation", parts),
        mutations: parts.map(({ name, values }) => ({ name, input: values.input })),
      })),
  );
}

export function queries(schema: GraphQLSchema): fc.Arbitrary<Operation> {
  const fields = Object.values(schema.getQueryType()!.getFields());
  return fc
    .array(fc.constantFrom(...fields), { minLength: 1, maxLength: 4 })
    .chain((some) => fc.tuple(...some.map((field, at) => askedOf(field, `q${at}`, 4))))
    .map((parts) => ({ ...assembled("query", parts), mutations: [] }));
}

/** A field with some of what can be asked of its type, aliases within aliases. */
function askedOf(field: GraphQLField<unknown, unknown>, alias: string, depth: number): fc.Arbitrary<Parts> {
  const named = getNamedType(field.type);
  if (!isObjectType(named)) return fieldOf(field, alias, isCompositeType(named) ? "{ __typename }" : "");
  const below = Object.values(named.getFields()).filter(
    (inner) => isLeafType(getNamedType(inner.type)) || depth > 0,
  );
  return fc
    .array(fc.constantFrom(...below), { minLength: 1, maxLength: 3 })
    .chain((some) => fc.tuple(...some.map((inner, at) => askedOf(inner, `${alias}_${at}`, depth - 1))))
    .chain((parts) =>
      fieldOf(field, alias, `{ __proto__: __typename ${parts.map(({ text }) => text).join(" ")} }`).map(
        (own) => ({
          text: own.text,
          definitions: [...own.definitions, ...parts.flatMap(({ definitions }) => definitions)],
          variables: Object.fromEntries(
            [own, ...parts].flatMap(({ variables }) => Object.entries(variables)),
          ),
        }),
      ),
    );
}

function assembled(
  kind: string,
  parts: readonly Parts[],
): { query: string; variables: Record<string, unknown> } {
  const definitions = parts.flatMap((part) => part.definitions);
  const head = definitions.length > 0 ? `(${definitions.join(", ")})` : "";
  return {
    query: `${kind}${head} { ${parts.map(({ text }) => text).join("\n")} }`,
    variables: Object.fromEntries(parts.flatMap(({ variables }) => Object.entries(variables))),
  };
}
