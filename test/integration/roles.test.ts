import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connectPorts, prepareDatabase } from "../../server/compose.ts";
import { createLogger } from "../../server/log.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

// Roles belong to the whole server, which all tests share.
const role = { name: `app_${randomUUID().slice(0, 8)}`, password: 'it\'s "quoted" \\ and %40' };
let database: TestDatabase;
let url: string;

const query = async (as: string, sql: string) => {
  const client = new pg.Client({ connectionString: as });
  await client.connect();
  return client.query(sql).finally(() => client.end());
};

beforeAll(async () => {
  database = await createTestDatabase({ migrated: false });
  const address = new URL(database.url);
  address.username = role.name;
  address.password = encodeURIComponent(role.password);
  url = address.href;
  await prepareDatabase(database.url, role);
});
afterAll(async () => {
  await query(database.url, `DROP OWNED BY ${role.name}; DROP ROLE ${role.name}`);
  await database.drop();
});

test("a plain role finds all that the API and the workers need, and prepares nothing", async () => {
  const ports = await connectPorts({ databaseUrl: url }, createLogger("test", "fatal"));
  try {
    expect(await ports.series.list({ first: 1 })).toMatchObject({ totalCount: 0 });
    await expect(ports.transaction((tx) => ports.queue.enqueue(tx, randomUUID()))).resolves.toBeUndefined();
  } finally {
    await ports.close();
  }
});

test("it may make and drop no table, read no file, run no program and rewrite no history of migrations", async () => {
  for (const sql of [
    "CREATE TABLE thing (id INT)",
    "DROP TABLE run",
    "ALTER TABLE run ADD COLUMN thing INT",
    "COPY run TO PROGRAM 'cat'",
    "SELECT pg_read_file('/etc/passwd')",
    "DELETE FROM _prisma_migrations",
    "CREATE ROLE other",
  ])
    await expect(query(url, sql), sql).rejects.toThrow(/permission denied|must be owner/);
});

test("preparing again changes nothing but the password, and tables that came meanwhile are open to it", async () => {
  await query(database.url, "CREATE TABLE came_later (id INT)");
  await prepareDatabase(database.url, { ...role, password: "another" });
  await expect(query(url, "SELECT 1")).rejects.toThrow(/password authentication failed/);
  const again = new URL(url);
  again.password = "another";
  expect((await query(again.href, "SELECT * FROM came_later")).rows).toEqual([]);
});
