/** `npm run migrate:new -- name`: writes the migration that leads from those there are to prisma/schema.prisma. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { migrationsFolder, readMigrations, readSchema, withSchemaEngine } from "./schema-engine.mjs";

const migrationName = process.argv[2] ?? "";
if (!/^[a-z0-9_]+$/.test(migrationName)) {
  console.error(
    `expected a name of a-z, 0-9 and _, as in "npm run migrate:new -- add_forecasts"; got "${migrationName}"`,
  );
  process.exit(2);
}

const filters = { externalTables: [], externalEnums: [] };
const { migrationScript, generatedMigrationName } = await withSchemaEngine(async (engine) => {
  const migrationsList = readMigrations();
  await engine.devDiagnostic({ migrationsList, filters }); // without it the next call finds no shadow database
  return engine.createMigration({
    draft: false,
    migrationName,
    migrationsList,
    schema: readSchema(),
    filters,
  });
});
if (migrationScript) {
  const file = join(migrationsFolder, generatedMigrationName, "migration.sql");
  mkdirSync(join(migrationsFolder, generatedMigrationName), { recursive: true });
  writeFileSync(file, migrationScript);
  console.log(`${file}\n\n${migrationScript}`);
} else {
  console.log("Nothing to migrate: the migrations already make what prisma/schema.prisma says.");
}
