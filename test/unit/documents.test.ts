/** The documents are true: what they show exists, runs, or is valid. */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { buildSchema, parse, validate } from "graphql";
import { expect, test } from "vitest";
import { withRecipeTable } from "../../server/graphql/recipe-table.ts";
import { fencedBlocks, fileLinks, npmCommands } from "../support/documents.ts";

const root = resolve(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(resolve(root, path), "utf8");

test("every GraphQL document that is shown is valid against the published schema", () => {
  const schema = buildSchema(read("server/schema.graphql"));
  const blocks = fencedBlocks("graphql");
  const problems = blocks.flatMap(({ place, text }) =>
    validate(schema, parse(text)).map(({ message }) => `${place}: ${message}`),
  );
  expect(blocks.length).toBeGreaterThan(3);
  expect(problems).toEqual([]);
});

test("the table of hyperparameters is the catalogue (npm run schema writes it anew)", () => {
  const document = read("docs/TRAINING.md");
  expect(document).toBe(withRecipeTable(document));
  expect(document).toContain("| `window` | whole number, 2..512 | `60` |");
});

test("every npm script that is shown exists", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const named = npmCommands();
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(({ name }) => name !== "ci" && !(name in scripts))).toEqual([]);
});

test("the README's test command is the one that CI runs", () => {
  const commands = fencedBlocks("sh").filter(({ place }) => place.startsWith("README.md"));
  const testing = commands.map(({ text }) => text.trim()).find((text) => text.endsWith("npm test"));
  expect(read(".ci/run")).toContain(testing);
});

test("every link to a file leads to one", () => {
  const links = fileLinks();
  expect(links.length).toBeGreaterThan(5);
  expect(links.filter(({ target }) => !existsSync(target))).toEqual([]);
});
