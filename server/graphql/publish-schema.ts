/** Writes the published schema: `node publish-schema.js <file>`, the file being server/schema.graphql. */
import { writeFileSync } from "node:fs";
import { createSchema } from "./schema.ts";
import { toSdl } from "./sdl.ts";

const file = process.argv[2];
if (file === undefined) throw new Error("publish-schema needs the file to write, got no argument");
writeFileSync(file, toSdl(createSchema()));
