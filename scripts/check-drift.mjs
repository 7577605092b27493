/** Part of `npm run verify`: fails when prisma/schema.prisma and prisma/migrations say different things. */
import { readMigrations, readSchema, withSchemaEngine } from "./schema-engine.mjs";

const { stdout, exitCode } = await withSchemaEngine((engine) =>
  engine.diff({
    from: { tag: "migrations", ...readMigrations() },
    to: { tag: "schemaDatamodel", ...readSchema() },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  }),
);
const differ = 2; // prisma migrate diff --exit-code
if (exitCode === differ) {
  console.error(`prisma/schema.prisma and prisma/migrations differ by:\n\n${stdout}`);
  console.error('Write the migration with "npm run migrate:new -- name".');
  process.exitCode = 1;
}
