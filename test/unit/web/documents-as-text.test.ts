/** What the dashboard's documents weigh: text with its fragments, found by the operation's name. */
import { parse } from "graphql";
import { expect, test } from "vitest";
import { documentsAsText } from "../../../web/graphql/documents-as-text.ts";

const source =
  "\n  query Open($id: ID!) {\n    run(id: $id) { ...Row }\n  }\n  fragment Row on Run { id, name }\n";

test("a document becomes text that says the same", () => {
  const tree = JSON.stringify(parse(source, { noLocation: true }));
  const line = `export const OpenDocument = ${tree} as unknown as DocumentNode<OpenQuery, OpenQueryVariables>;`;

  const written = documentsAsText("generated/graphql.ts", `type Kept = 1;\n${line}\n`);

  const text = "query Open($id:ID!){run(id:$id){...Row}}fragment Row on Run{id name}";
  expect(written).toBe(
    `type Kept = 1;\nexport const OpenDocument = "${text}" as unknown as DocumentNode<OpenQuery, OpenQueryVariables>;\n`,
  );
});

test("operations are found by name, and fragments are no documents of their own", () => {
  const drafted = [
    "type Documents = {",
    "};",
    "const documents: Documents = {",
    `    ${JSON.stringify(source)}: types.OpenDocument,`,
    `    ${JSON.stringify("fragment Row on Run { id }")}: types.RowFragmentDoc,`,
    "};",
    "export function graphql(source: string) {",
    "  return (documents as any)[source] ?? {};",
    "}",
  ].join("\n");

  const written = documentsAsText("generated/gql.ts", drafted);

  expect(written).toContain("const documents: Record<string, unknown> = {\n  Open: types.OpenDocument,\n};");
  expect(written).not.toContain("RowFragmentDoc");
});

test("a draft that looks otherwise than expected is refused", () => {
  expect(() => documentsAsText("generated/gql.ts", "export {}")).toThrow("must follow");
});
