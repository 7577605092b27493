/**
 * Turns the published schema and the dashboard's GraphQL documents into types.
 * From the repository's root: `npx graphql-codegen --config web/codegen.ts`, before `npx next build web`
 * and before `npx tsc -p web/tsconfig.json`. What it writes, web/graphql/generated, is not committed.
 */
import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import type { CodegenConfig } from "@graphql-codegen/cli";
import { documentsAsText } from "./graphql/documents-as-text.ts";

const root = join(import.meta.dirname, "..");
// graphql-codegen resolves paths against the working directory, wherever it was called from.
const at = (...path: string[]) => relative(process.cwd(), join(root, ...path)).replaceAll("\\", "/");

const published = at("server", "schema.graphql");

const config: CodegenConfig = {
  schema: existsSync(published) ? published : at("test", "fixtures", "contract.graphql"),
  documents: [at("web", "**", "*.{ts,tsx}"), `!${at("web", "graphql", "generated")}/**`],
  hooks: { beforeOneFileWrite: [documentsAsText] },
  generates: {
    [`${at("web", "graphql", "generated")}/`]: {
      preset: "client",
      presetConfig: { fragmentMasking: false },
      config: { enumsAsTypes: true, useTypeImports: true, scalars: { DateTime: "string", ID: "string" } },
    },
  },
};
export default config;
