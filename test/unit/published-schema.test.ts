/** The published schema: what the code serves, and all that the contract promises. */
import { readFileSync } from "node:fs";
import { buildSchema, type GraphQLInputObjectType } from "graphql";
import { expect, test } from "vitest";
import { priorityRange } from "../../server/domain/run.ts";
import { createSchema } from "../../server/graphql/schema.ts";
import { toSdl } from "../../server/graphql/sdl.ts";
import { recipeFields } from "../../server/recipe/catalogue.ts";
import { parseTrainingConfig } from "../../server/recipe/parse-request.ts";
import { seriesFacts } from "../../server/recipe/series-facts.ts";
import { differences, undescribed } from "../support/schema-differences.ts";
import { barsOf, walk } from "../support/series.ts";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const contract = read("../fixtures/contract.graphql");
const schema = createSchema();

test("server/schema.graphql is the schema that the code serves (npm run schema writes it anew)", () => {
  expect(read("../../server/schema.graphql")).toBe(toSdl(schema));
});

test("everything that the contract promises is there, with its types, its defaults and its words", () => {
  expect(differences(buildSchema(contract), schema)).toEqual([]);
});

test("every type, field, argument and value says what it is", () => {
  expect(undescribed(schema)).toEqual([]);
});

test("the defaults that the schema tells are those that the service fills in", () => {
  const input = schema.getType("StartTrainingInput") as GraphQLInputObjectType;
  const { engine, priority } = input.getFields();
  expect([engine?.defaultValue, priority?.defaultValue]).toEqual(["AUTO", priorityRange.usual]);
  const { config } = parseTrainingConfig({}, seriesFacts(barsOf(walk(900))));
  const told = Object.values(input.getFields()).flatMap(({ name, description }) => {
    const [, words] = /Default: (.*)\.$/.exec(description ?? "") ?? [];
    return words === undefined ? [] : [[name, words] as const];
  });
  expect(told).toHaveLength(recipeFields.filter(({ field }) => field.default !== null).length);
  for (const [name, words] of told) {
    const value = JSON.stringify(config[name as keyof typeof config]).replaceAll('"', "");
    expect(words.replaceAll(" ", ""), name).toBe(value);
  }
});

test.each([
  [
    "a default",
    "first: Int = 20",
    "first: Int = 21",
    "Query.allPriceSeries(first): expected Int = 21, got Int = 20",
  ],
  [
    "nullability",
    "device: String\n  createdAt",
    "device: String!\n  createdAt",
    "Run.device: expected String!, got String",
  ],
  ["a name", "etaMs: Float\n  epochs", "etaMillis: Float\n  epochs", "Run.etaMillis is missing"],
  [
    "a list's items",
    "lower: [Float]!",
    "lower: [Float!]!",
    "PredictionColumns.lower: expected [Float!]!, got [Float]!",
  ],
  ["a value", "IDLE BUSY LOST", "IDLE BUSY LOST GONE", "WorkerStatus.GONE is missing"],
  ["words", "line counts from 1", "line counts from 0", 'RowProblem: expected the words "line counts from 0'],
])("a contract that differs in %s is noticed, and the place named", (_, before, after, complaint) => {
  expect(contract).toContain(before);
  const other = buildSchema(contract.replace(before, after));
  expect(differences(other, schema).join("\n")).toContain(complaint);
});
