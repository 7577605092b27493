/**
 * Applies prisma/migrations as `prisma migrate deploy` would, without Prisma's downloaded engine. It keeps the
 * same table and takes the same lock, so that either of the two may go on where the other stopped.
 */
import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { moveBars } from "./series/move-bars.ts";

export interface MigrationOutcome {
  /** Names of the migrations applied now, in order. */
  readonly applied: readonly string[];
  /** For the log: migrations that were edited or lost after they were applied. */
  readonly warnings: readonly string[];
}

/** A migration does not apply: says which, why and what to do. Nothing of it is in the database. */
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
  client.on("error", () => {}); // the query in hand fails too; without a listener the process would end
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [prismaAdvisoryLock]); // until the connection ends
    const history = await readHistory(client);
    const pending = migrations.filter(({ name }) => !history.get(name)?.finishedAt);
    // A role that may not make tables can still start if there is nothing to apply.
    if (pending.length > 0) await makeTable(client, pending);
    for (const migration of pending) await apply(client, migration, history.has(migration.name));
    // Prisma's own tool applies only the SQL: the steps that SQL cannot do are still to be done.
    await inTransaction(client, () => moveBars(client));
    return { applied: pending.map(({ name }) => name), warnings: warningsOf(migrations, history, folder) };
  } finally {
    await client.end();
  }
}

async function makeTable(client: pg.Client, pending: readonly Migration[]): Promise<void> {
  try {
    await client.query(createTable);
  } catch (error) {
    if ((error as pg.DatabaseError).code !== insufficientPrivilege) throw error;
    const names = pending.map(({ name }) => name).join(", ");
    throw new MigrationFailed(
      `The database lacks ${names}, and the user of DATABASE_URL may not make tables. ` +
        "Apply them as the database's owner first: node dist/server/main.migrate.js with DATABASE_OWNER_URL.",
    );
  }
}
const insufficientPrivilege = "42501";

function warningsOf(
  migrations: readonly Migration[],
  history: ReadonlyMap<string, PastMigration>,
  folder: string,
): string[] {
  const edited = migrations
    .filter(({ name, checksum }) => (history.get(name)?.checksum ?? checksum) !== checksum)
    .map(({ name }) => `Migration ${name} was edited after it was applied; the edit has no effect here.`);
  const known = new Set(migrations.map(({ name }) => name));
  const missing = [...history.keys()]
    .filter((name) => !known.has(name))
    .map((name) => `Migration ${name} is applied in the database but missing in ${folder}.`);
  return [...edited, ...missing];
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
  /** Null: broken off, or failed, under a release that wrote the row before the SQL (or under Prisma). */
  readonly finishedAt: Date | null;
}

async function readHistory(client: pg.Client): Promise<Map<string, PastMigration>> {
  const { rows: found } = await client.query<{ isThere: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS "isThere"`,
  );
  if (!found[0]?.isThere) return new Map();
  const { rows } = await client.query<PastMigration & { name: string }>(
    `SELECT migration_name AS name, checksum, finished_at AS "finishedAt"
       FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  return new Map(rows.map((row) => [row.name, row]));
}

/**
 * Writes the row, the SQL and the row's end in one transaction: if it breaks off (a kill, a lost connection, a full disk),
 * nothing stays and the next start applies it again.
 * @param again an earlier try left its row, and PostgreSQL rolled back its SQL.
 */
async function apply(client: pg.Client, { name, sql, checksum }: Migration, again: boolean): Promise<void> {
  try {
    await client.query("BEGIN");
    await client.query(
      "UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = $1 AND finished_at IS NULL",
      [name],
    );
    const row = "INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)";
    const id = randomUUID();
    await client.query(row, [id, checksum, name]);
    await client.query(sql);
    await moveBars(client);
    const end =
      "UPDATE _prisma_migrations SET finished_at = clock_timestamp(), applied_steps_count = 1 WHERE id = $1";
    await client.query(end, [id]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined); // the connection may be the reason
    throw new MigrationFailed(
      `Migration ${name} failed: ${(error as Error).message}${again ? howToRepair(name) : ""}`,
    );
  }
}

async function inTransaction(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query("BEGIN");
  await work();
  await client.query("COMMIT");
}

/** A release before this one could be killed between the SQL's end and the row's. */
const howToRepair = (name: string): string =>
  `. An earlier start was broken off in it. If the database has what it makes, run ` +
  `"npx prisma migrate resolve --applied ${name}" and start again.`;
