/** Operations from the schema itself: whatever it takes is tried, with values that are right, wrong or hostile. */
import fc from "fast-check";
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
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
import { anything, hostileNumber, hostileText } from "./hostile.ts";
import { anyCsv, dateFormat, goodCsv, symbol, timezone } from "./price-files.ts";

/** Ids that a case can name only once they are there: replaced when it is sent. */
export const someSeries = "@series";
export const someRun = "@run";

const unknownId = "00000000-0000-4000-8000-000000000001";
const idOf = (known: string) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.nat({ max: 99 }).map((at) => `${known}${at}`) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        unknownId,
        unknownId.toUpperCase(),
        `{${unknownId}}`,
        `${unknownId}\n`,
        "x",
        "",
      ),
    },
  );
const time = fc.constantFrom(
  ...[
    "2020-01-01T00:00:00Z",
    "0000-01-01T00:00:00Z",
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59.999Z",
    "+275760-09-13T00:00:00Z",
  ],
  ...[
    "2020-02-30T00:00:00Z",
    "2020-01-01T24:00:00Z",
    "2020-01-01T23:59:60Z",
    "2020-01-01",
    "2020-01-01T00:00:00+99:99",
  ],
);
const cursor = fc
  .oneof(
    fc.constantFrom("0", "-1", "1577836800000", "999999999999999", unknownId, "FUZZ1", "\0", ""),
    hostileText,
  )
  .map((text) => Buffer.from(text).toString("base64url"));

/** By the name of the argument or field; the others by their type alone. */
const likely: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  ...{ csv: anyCsv, symbol, timezone, dateFormat, after: cursor, from: time, to: time },
  ...{
    priceSeriesId: idOf(someSeries),
    runId: idOf(someRun),
    currency: fc.constantFrom("USD", "usd", "US", "€€€", "U\0D"),
  },
  idempotencyKey: fc.oneof(
    fc.nat({ max: 40 }).map((at) => `key ${at}`),
    fc.constantFrom("KEY 1", "key 1 ", "é", "e\u0301"),
  ),
};

/** A start that trains in a moment, and an import that is taken: cases are made by changing some of it. */
const right: Readonly<Record<string, fc.Arbitrary<Record<string, unknown>>>> = {
  StartTrainingInput: fc.record({
    priceSeriesId: fc.nat({ max: 99 }).map((at) => `${someSeries}${at}`),
    window: fc.integer({ min: 2, max: 4 }),
    layers: fc.array(fc.record({ units: fc.integer({ min: 1, max: 3 }) }), { minLength: 1, maxLength: 2 }),
    epochs: fc.integer({ min: 1, max: 3 }),
    testBars: fc.integer({ min: 2, max: 5 }),
    validationBars: fc.integer({ min: 0, max: 5 }),
    learningRate: fc.constantFrom(0.001, 0.01, 1),
  }),
  ImportPriceSeriesInput: fc.record({ symbol, csv: goodCsv, timezone: fc.constant("UTC") }),
  RunFilter: fc.constant({}),
};

type Given = GraphQLArgument | GraphQLInputField;

export function inputFor(type: GraphQLInputType, name = ""): fc.Arbitrary<unknown> {
  const odd = { weight: 1, arbitrary: anything };
  if (isNonNullType(type))
    return fc.oneof(
      { weight: 20, arbitrary: inputFor(type.ofType, name) },
      { weight: 1, arbitrary: fc.constant(null) },
    );
  const known = likely[name];
  if (known) return fc.oneof({ weight: 6, arbitrary: known }, { weight: 1, arbitrary: hostileText }, odd);
  if (isListType(type)) {
    const entry = inputFor(type.ofType, name);
    return fc.oneof(
      { weight: 8, arbitrary: fc.array(entry, { maxLength: 4 }) },
      { weight: 1, arbitrary: entry },
      odd,
    );
  }
  if (isEnumType(type)) {
    const names = type.getValues().map((value) => value.name);
    return fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...names) },
      { weight: 1, arbitrary: hostileText },
      odd,
    );
  }
  if (isInputObjectType(type))
    return fc.oneof({ weight: 20, arbitrary: objectOf(type.name, Object.values(type.getFields())) }, odd);
  const scalars: Record<string, fc.Arbitrary<unknown>> = {
    ...{
      Int: hostileNumber,
      Float: hostileNumber,
      Boolean: fc.boolean(),
      String: hostileText,
      ID: idOf(someRun),
      DateTime: time,
    },
  };
  return fc.oneof({ weight: 8, arbitrary: scalars[getNamedType(type).name] ?? anything }, odd);
}

function objectOf(name: string, fields: readonly Given[]): fc.Arbitrary<Record<string, unknown>> {
  const changes = fc.array(
    fc.oneof(
      {
        weight: 20,
        arbitrary: fc
          .constantFrom(...fields)
          .chain((field) => fc.tuple(fc.constant(field.name), inputFor(field.type, field.name))),
      },
      { weight: 1, arbitrary: fc.tuple(fc.constantFrom("__proto__", "constructor", "unknown"), anything) },
    ),
    { maxLength: 3 },
  );
  const needed = fields.filter((field) => isNonNullType(field.type));
  const base =
    right[name] ??
    fc.record(Object.fromEntries(needed.map((field) => [field.name, inputFor(field.type, field.name)])));
  return fc.tuple(base, changes).map(([all, some]) => Object.fromEntries([...Object.entries(all), ...some]));
}

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
