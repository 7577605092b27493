import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
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

  test("that fail change nothing, are reported, and block the next start until somebody repaired them", async () => {
    await write("1_first", "CREATE TABLE thing (id INT); CREATE TABLE thing (id INT);");
    await expect(migrate(database.url, folder)).rejects.toThrow(
      /1_first failed: relation "thing" already exists/,
    );
    expect((await query("SELECT to_regclass('thing') AS thing")).rows).toEqual([{ thing: null }]);
    await write("1_first", "CREATE TABLE thing (id INT);");
    await expect(migrate(database.url, folder)).rejects.toThrow(MigrationFailed);
    await query("UPDATE _prisma_migrations SET rolled_back_at = now()"); // what "prisma migrate resolve" does
    expect((await migrate(database.url, folder)).applied).toEqual(["1_first"]);
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
