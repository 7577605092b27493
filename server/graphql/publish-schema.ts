/**
 * Writes what is published of the API: `node publish-schema.js <file> [document]`, the file being server/schema.graphql, the
 * document docs/TRAINING.md, whose table of hyperparameters is written anew.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { withRecipeTable } from "./recipe-table.ts";
import { createSchema } from "./schema.ts";
import { toSdl } from "./sdl.ts";

const [file, document] = process.argv.slice(2);
if (file === undefined) throw new Error("publish-schema needs the file to write, got no argument");
writeFileSync(file, toSdl(createSchema()));
if (document !== undefined) writeFileSync(document, withRecipeTable(readFileSync(document, "utf8")));
