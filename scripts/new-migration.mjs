/** `npm run migrate:new -- name`: writes the migration that leads from those there are to prisma/schema.prisma. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findDrift, migrationsFolder } from "./schema-engine.mjs";

const migrationName = process.argv[2] ?? "";
if (!/^[a-z0-9_]+$/.test(migrationName)) {
  console.error(
    `expected a name of a-z, 0-9 and _, as in "npm run migrate:new -- add_forecasts"; got "${migrationName}"`,
  );
  process.exit(2);
}

const sql = await findDrift();
if (sql === null) {
  console.log("Nothing to migrate: the migrations already make what prisma/schema.prisma says.");
} else {
  const time = new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14); // as Prisma names them
  const folder = join(migrationsFolder, `${time}_${migrationName}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "migration.sql"), sql);
  console.log(`${folder}\n\n${sql}`);
}
