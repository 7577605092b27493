/**
 * Applies prisma/migrations as `prisma migrate deploy` would, without Prisma's downloaded engine. It keeps the
 * same table and takes the same lock, so that either of the two may go on where the other stopped.
 */
import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";

export interface MigrationOutcome {
  /** Names of the migrations applied now, in order. */
  readonly applied: readonly string[];
  /** For the log: migrations that were edited or lost after they were applied. */
  readonly warnings: readonly string[];
}

/** A migration does not apply, or failed before: says which and what to do. */
export class MigrationFailed extends Error {}

/** From server/db as from dist/server/db. */
export const migrationsFolder = fileURLToPath(
  new URL(
    import.meta.url.includes("/dist/") ? "../../../prisma/migrations" : "../../prisma/migrations",
    import.meta.url,
  ),
);

// prisma-engines, schema-engine/connectors/sql-schema-connector/src/flavour/postgres.rs: the lock of every
// Prisma Migrate, so two starts at once take turns.
const prismaAdvisoryLock = 72707369;

const createTable = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;

/** @throws MigrationFailed; migrations before the failed one stay applied. */
export async function migrate(databaseUrl: string, folder = migrationsFolder): Promise<MigrationOutcome> {
  const migrations = await readMigrations(folder);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [prismaAdvisoryLock]); // until the connection ends
    await client.query(createTable);
    const history = await readHistory(client);
    const warnings: string[] = [];
    const applied: string[] = [];
    for (const migration of migrations) {
      const past = history.get(migration.name);
      history.delete(migration.name);
      if (past === undefined) {
        await apply(client, migration);
        applied.push(migration.name);
      } else if (past.finishedAt === null) {
        throw new MigrationFailed(
          `Migration ${migration.name} failed before${past.logs ? `: ${past.logs}` : ""}. Repair the database by hand, ` +
            `then run "npx prisma migrate resolve --rolled-back ${migration.name}" and start again.`,
        );
      } else if (past.checksum !== migration.checksum) {
        warnings.push(
          `Migration ${migration.name} was edited after it was applied; the edit has no effect here.`,
        );
      }
    }
    for (const name of history.keys()) {
      warnings.push(`Migration ${name} is applied in the database but missing in ${folder}.`);
    }
    return { applied, warnings };
  } finally {
    await client.end();
  }
}

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

interface PastMigration {
  readonly checksum: string;
  readonly finishedAt: Date | null;
  readonly logs: string | null;
}

async function readHistory(client: pg.Client): Promise<Map<string, PastMigration>> {
  const { rows } = await client.query<PastMigration & { name: string }>(
    `SELECT migration_name AS name, checksum, finished_at AS "finishedAt", logs
       FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  return new Map(rows.map((row) => [row.name, row]));
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  const id = randomUUID();
  await client.query("INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)", [
    id,
    checksum,
    name,
  ]);
  try {
    await client.query(sql); // one simple query: PostgreSQL runs it as one transaction
  } catch (error) {
    const reason = (error as Error).message;
    await client.query("UPDATE _prisma_migrations SET logs = $2 WHERE id = $1", [id, reason]);
    throw new MigrationFailed(`Migration ${name} failed: ${reason}`);
  }
  await client.query(
    "UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE id = $1",
    [id],
  );
}
