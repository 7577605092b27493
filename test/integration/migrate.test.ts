import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { MigrationFailed, migrate } from "../../server/db/migrate.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

describe("migrations", () => {
  let database: TestDatabase;
  let folder: string;
  beforeEach(async () => {
    database = await createTestDatabase({ migrated: false });
    folder = await mkdtemp(join(tmpdir(), "gatecast-migrations-"));
  });
  afterEach(async () => {
    await database.drop();
    await rm(folder, { recursive: true });
  });

  const write = async (name: string, sql: string) => {
    await mkdir(join(folder, name), { recursive: true });
    await writeFile(join(folder, name, "migration.sql"), sql);
  };
  const query = async (sql: string) => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    return client.query(sql).finally(() => client.end());
  };

  test("are applied once, in the order of their names", async () => {
    await write("2_second", "ALTER TABLE thing ADD COLUMN name TEXT;");
    await write("1_first", "CREATE TABLE thing (id INT);");
    expect((await migrate(database.url, folder)).applied).toEqual(["1_first", "2_second"]);
    expect(await migrate(database.url, folder)).toEqual({ applied: [], warnings: [] });
  });

  test("are applied once when two starts happen at the same moment", async () => {
    await write("1_first", "CREATE TABLE thing (id INT); SELECT pg_sleep(0.2);");
    const both = await Promise.all([migrate(database.url, folder), migrate(database.url, folder)]);
    expect(both.flatMap(({ applied }) => applied)).toEqual(["1_first"]);
  });

  test("that fail change nothing, are reported, and are tried again at the next start", async () => {
    await write("1_first", "CREATE TABLE thing (id INT); CREATE TABLE thing (id INT);");
    const failed = migrate(database.url, folder);
    await expect(failed).rejects.toThrow(/1_first failed: relation "thing" already exists/);
    await expect(failed).rejects.toThrow(MigrationFailed);
    expect((await query("SELECT to_regclass('thing') AS thing")).rows).toEqual([{ thing: null }]);
    await write("1_first", "CREATE TABLE thing (id INT);");
    expect((await migrate(database.url, folder)).applied).toEqual(["1_first"]);
  });

  test("that are broken off at any point leave nothing behind, and the next start applies them", async () => {
    await write("1_first", "CREATE TABLE thing (id INT); SELECT pg_sleep(30);");
    const brokenOff = migrate(database.url, folder);
    brokenOff.catch(() => {});
    // As a kill -9 of the process does: the connection ends, and with it the transaction.
    await vi.waitFor(async () => {
      const sleeping = "state = 'active' AND query LIKE '%pg_sleep(30)%' AND pid <> pg_backend_pid()";
      const { rowCount } = await query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND ${sleeping}`,
      );
      expect(rowCount).toBe(1);
    });
    await expect(brokenOff).rejects.toThrow(MigrationFailed);
    await write("1_first", "CREATE TABLE thing (id INT);");
    expect((await migrate(database.url, folder)).applied).toEqual(["1_first"]);
    const { rows } = await query("SELECT count(*)::int AS rows FROM _prisma_migrations");
    expect(rows).toEqual([{ rows: 1 }]);
  });

  test("that an older release was broken off in are applied again, or say how to go on where they had ended", async () => {
    await write("1_first", "CREATE TABLE thing (id INT);");
    await migrate(database.url, folder);
    await write("2_second", "ALTER TABLE thing ADD COLUMN name TEXT;");
    await query(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('2', 'x', '2_second')",
    );
    expect((await migrate(database.url, folder)).applied).toEqual(["2_second"]);
    await query("UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '2_second'");
    await expect(migrate(database.url, folder)).rejects.toThrow(/already exists.+resolve --applied 2_second/);
  });

  test("need no right to make tables while none is pending", async () => {
    await write("1_first", "CREATE TABLE thing (id INT);");
    await migrate(database.url, folder);
    const url = new URL(database.url);
    url.username = `reader_${randomUUID().slice(0, 8)}`;
    url.password = "secret";
    await query(`CREATE ROLE ${url.username} LOGIN PASSWORD 'secret'`);
    await query(`GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${url.username}`);
    try {
      expect(await migrate(url.href, folder)).toEqual({ applied: [], warnings: [] });
      await write("2_second", "CREATE TABLE other (id INT);");
      await expect(migrate(url.href, folder)).rejects.toThrow(/lacks 2_second.+main\.migrate\.js/);
    } finally {
      await query(`DROP OWNED BY ${url.username}; DROP ROLE ${url.username}`);
    }
  });

  test("that were edited or removed after they were applied are warned of", async () => {
    await write("1_first", "CREATE TABLE thing (id INT);");
    await write("2_second", "CREATE TABLE other (id INT);");
    await migrate(database.url, folder);
    await write("1_first", "CREATE TABLE thing (id BIGINT);");
    await rm(join(folder, "2_second"), { recursive: true });
    expect((await migrate(database.url, folder)).warnings).toEqual([
      expect.stringContaining("1_first was edited"),
      expect.stringContaining("2_second is applied in the database but missing"),
    ]);
  });

  test("of the project build every table from nothing", async () => {
    expect((await migrate(database.url)).applied).not.toEqual([]);
    const { rows } = await query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
    expect(rows.map((row: { tablename: string }) => row.tablename)).toContain("price_series");
  });
});
