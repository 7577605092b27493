/** Values for whatever the schema takes: right, wrong or hostile. */
import fc from "fast-check";
import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
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
  expression: fc.oneof(
    fc.constantFrom(
      'lr < 1e-3 and not (tag = "a b")',
      "units >= 8 or skill = none",
      "seed in (1, 2)",
      "name ~ (",
    ),
    fc
      .array(fc.constantFrom("lr", "tag", "(", ")", "not", "and", "=", "<", '"', "1", "~"), { maxLength: 30 })
      .map((parts) => parts.join(" ")),
    hostileText,
  ),
  by: fc.constantFrom("skill", "name", "createdAt", "HAR.mae", "nothing"),
  columns: fc.array(fc.constantFrom("skill", "series", "vsBaseline", "LAST_VALUE.mae", "nothing"), {
    maxLength: 5,
  }),
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
