/**
 * Makes what graphql-codegen writes small enough for a first load. As parsed trees, with their fragments repeated, the
 * dashboard's documents were most of 27 kB that every page fetched; as text they are a fifth of it, and urql brings a
 * parser anyway. Used by ../codegen.ts.
 */
import { type DocumentNode, parse, print, stripIgnoredCharacters } from "graphql";

const tree = /^export const (\w+) = (\{"kind":"Document".*\}) as unknown as (DocumentNode<.*>);$/gm;
const listed = /^ {4}("(?:[^"\\]|\\.)*"): types\.(\w+),$/gm;
const list = /^const documents: Documents = \{\n[\s\S]*?^\};$/m;
const lookUp = "(documents as any)[source] ?? {}";

/** @returns what to write instead of `content`, for each file that graphql-codegen writes */
export function documentsAsText(path: string, content: string): string {
  if (path.endsWith("graphql.ts")) return content.replace(tree, textOf);
  if (path.endsWith("gql.ts")) return byName(content);
  return content;
}

function textOf(_line: string, name: string, json: string, type: string): string {
  const text = stripIgnoredCharacters(print(JSON.parse(json) as DocumentNode));
  return `export const ${name} = ${JSON.stringify(text)} as unknown as ${type};`;
}

/** Operations are found by their names, not by their text once more. Fragments lie within them; alone nobody sends one. */
function byName(content: string): string {
  if (!list.test(content) || !content.includes(lookUp))
    throw new Error(
      "graphql-codegen writes gql.ts in another way than before: documents-as-text.ts must follow",
    );
  const operations = [...content.matchAll(listed)].flatMap(([, source = '""', document]) =>
    parse(JSON.parse(source) as string).definitions.flatMap((definition) =>
      definition.kind === "OperationDefinition" ? `  ${definition.name?.value}: types.${document},` : [],
    ),
  );
  return content
    .replaceAll("(typeof documents)[", "Documents[")
    .replace(list, `const documents: Record<string, unknown> = {\n${operations.join("\n")}\n};`)
    .replace(lookUp, 'documents[/\\w+ (\\w+)/.exec(source)?.[1] ?? ""] as never');
}
