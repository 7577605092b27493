/** A database of the release before versions, with runs in every state, brought up to date. */
import { randomUUID } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { connectDatabase } from "../../server/db/client.ts";
import { MigrationFailed, migrate, migrationsFolder } from "../../server/db/migrate.ts";
import { priceSeriesStore } from "../../server/db/price-series-store.ts";
import { oldContentHash } from "../../server/db/series/old-hash.ts";
import { contentHashOf } from "../../server/domain/bar-chunks.ts";
import { sliceBars } from "../../server/domain/bar-table.ts";
import type { BarTable } from "../../server/domain/price-series.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { barsOf, walk } from "../support/series.ts";
import { smallConfig } from "../support/small-config.ts";

const migration = "_series_versions";
const long = barsOf(walk(9000));
const short = { ...barsOf(walk(120)), volume: new Float64Array(120).fill(Number.NaN) };

let database: TestDatabase;
let client: pg.Client;
let folder: string;

beforeEach(async () => {
  database = await createTestDatabase({ migrated: false });
  client = new pg.Client(database.url);
  await client.connect();
  folder = await mkdtemp(join(tmpdir(), "gatecast-before-versions-"));
  const names = (await readdir(migrationsFolder)).sort();
  for (const name of names.slice(
    0,
    names.findIndex((each) => each.endsWith(migration)),
  ))
    await cp(join(migrationsFolder, name), join(folder, name), { recursive: true });
  await migrate(database.url, folder);
});
afterEach(async () => {
  await client.end();
  await database.drop();
  await rm(folder, { recursive: true });
});

/** As that release stored it. */
async function oldSeries(symbol: string, bars: BarTable): Promise<string> {
  const id = randomUUID();
  const [first, last] = [bars.time[0], bars.time.at(-1)].map((time) =>
    time === undefined ? null : new Date(time),
  );
  await client.query(
    `INSERT INTO price_series (id, symbol, timezone, bar_count, first_time, last_time, content_hash, updated_at)
     VALUES ($1, $2, 'UTC', $3, $4, $5, $6, now())`,
    [id, symbol, bars.time.length, first, last, oldContentHash(bars)],
  );
  const list = (column: Float64Array) => Array.from(column, (value) => (Number.isNaN(value) ? null : value));
  await client.query(
    `INSERT INTO bar SELECT $1::uuid, time, open, high, low, close, adjusted, volume FROM unnest(
       $2::timestamptz[], $3::float8[], $4::float8[], $5::float8[], $6::float8[], $7::float8[], $8::float8[]
     ) AS b(time, open, high, low, close, adjusted, volume)`,
    [
      id,
      Array.from(bars.time, (time) => new Date(time)),
      ...[bars.open, bars.high, bars.low, bars.close, bars.adjustedClose, bars.volume].map(list),
    ],
  );
  return id;
}

async function oldRun(seriesId: string, hash: string, status: string, epoch = 0): Promise<string> {
  const id = randomUUID();
  await client.query(
    `INSERT INTO run (id, name, status, series_id, series_content_hash, config, warnings, epoch, last_sequence)
     VALUES ($1, $2, $3, $4, $5, $6, '{}', $7, 1)`,
    [id, status, status, seriesId, hash, smallConfig, epoch],
  );
  await client.query("INSERT INTO run_event (run_id, sequence, kind, body) VALUES ($1, 1, 'log', '{}')", [
    id,
  ]);
  return id;
}

const upToDate = async () => {
  await migrate(database.url);
  const connection = connectDatabase(database.url);
  return { ...connection, store: priceSeriesStore(connection) };
};

test("every bar, and every run with the bars that it was trained on, is there after the first start of this release", async () => {
  const seriesId = await oldSeries("LONG", long);
  const bare = await oldSeries("SHORT", short);
  const empty = await oldSeries("EMPTY", sliceBars(long, 0, 0));
  const states = ["QUEUED", "RUNNING", "SUCCEEDED", "FAILED", "CANCELLED"];
  const whole = oldContentHash(long);
  const runs: string[] = [];
  for (const status of states) runs.push(await oldRun(seriesId, whole, status, 2));
  const before = await oldRun(seriesId, oldContentHash(sliceBars(long, 0, 8900)), "QUEUED", 3);
  // So much shorter that only its predictions tell where its bars ended.
  const scored = await oldRun(seriesId, oldContentHash(sliceBars(long, 0, 5000)), "SUCCEEDED", 3);
  await client.query(
    `INSERT INTO run_prediction (run_id, split, step, time, actual, predicted, naive)
     VALUES ($1, 'TEST', 1, $2::timestamptz[], '{1,1}', '{1,1}', '{1,1}')`,
    [scored, [long.time[4998], long.time[4999]].map((time) => new Date(time!))],
  );
  const { store, prisma, close } = await upToDate();
  try {
    const series = (await store.findById(seriesId))!;
    expect(series).toMatchObject({
      barCount: 9000,
      contentHash: contentHashOf(long),
      version: { number: 3 },
    });
    expect(await store.columns(series.version)).toEqual(long);
    expect(await store.columns((await store.findById(bare))!.version)).toEqual(short);
    expect((await store.findById(empty))!.version).toMatchObject({ number: 1, barCount: 0, firstTime: null });
    const barsOfRun = async (id: string) => {
      const { seriesVersionId } = await prisma.run.findUniqueOrThrow({ where: { id } });
      return store.columns((await store.findVersions([seriesVersionId]))[0]!);
    };
    for (const [index, id] of runs.entries()) {
      expect(await barsOfRun(id)).toEqual(long);
      expect(await prisma.run.findUnique({ where: { id } })).toMatchObject({
        status: states[index],
        warnings: [],
      });
    }
    expect(await barsOfRun(before)).toEqual(sliceBars(long, 0, 8900));
    expect(await barsOfRun(scored)).toEqual(sliceBars(long, 0, 5000));
    // What can be imported goes on as before, and the tables of that release are gone.
    const identity = { symbol: "SHORT", name: null, currency: null, timezone: "UTC" };
    expect(await store.merge(identity, barsOf(walk(125)), { dryRun: false })).toMatchObject({
      added: 5,
      updated: 120,
    });
    const left = await client.query("SELECT FROM pg_namespace WHERE nspname = 'before_versions'");
    expect(left.rowCount).toBe(0);
  } finally {
    await close();
  }
});

test("a run whose bars are gone says so, and does not go on with others", async () => {
  const seriesId = await oldSeries("CHANGED", short);
  const done = await oldRun(seriesId, "of bars that were changed", "SUCCEEDED", 3);
  const waiting = await oldRun(seriesId, "of bars that were changed", "QUEUED");
  const interrupted = await oldRun(seriesId, "of bars that were changed", "QUEUED", 2);
  const { store, prisma, close } = await upToDate();
  try {
    const versionId = (await store.findById(seriesId))!.version.id;
    const stored = (id: string) => prisma.run.findUnique({ where: { id }, include: { events: true } });
    const warnings = [expect.stringContaining("are stored no more")];
    expect(await stored(done)).toMatchObject({ status: "SUCCEEDED", seriesVersionId: versionId, warnings });
    expect(await stored(waiting)).toMatchObject({ status: "QUEUED", seriesVersionId: versionId, warnings });
    expect(await stored(interrupted)).toMatchObject({
      status: "FAILED",
      errorCode: "SERIES_CHANGED",
      errorMessage: expect.stringContaining("Start it again"),
      lastSequence: 2,
      events: [{ sequence: 1 }, { sequence: 2, kind: "status", body: { status: "FAILED" } }],
    });
  } finally {
    await close();
  }
});

test("a start that is killed while the bars are moved leaves all as it was, and the next one moves them", async () => {
  const seriesId = await oldSeries("KILLED", long);
  const runId = await oldRun(seriesId, oldContentHash(long), "SUCCEEDED", 3);
  await oldRun(seriesId, "of bars that were changed", "QUEUED", 3);
  // The last that is stored of the series before its tables are dropped: the end of the run whose bars are gone.
  await client.query(
    `CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(30); RETURN NEW; END'`,
  );
  await client.query("CREATE TRIGGER wait BEFORE INSERT ON run_event FOR EACH ROW EXECUTE FUNCTION wait()");
  const killed = migrate(database.url);
  killed.catch(() => undefined);
  const other = new pg.Client(database.url);
  await other.connect();
  try {
    await vi.waitFor(async () => {
      const sql = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event = 'PgSleep'`;
      expect((await other.query(sql)).rowCount).toBe(1);
    }, 5_000);
    await expect(killed).rejects.toThrow(MigrationFailed);
    await client.query("DROP FUNCTION wait CASCADE");
    expect((await other.query("SELECT FROM bar")).rowCount).toBe(9000);
  } finally {
    await other.end();
  }
  const { store, prisma, close } = await upToDate();
  try {
    const { seriesVersionId } = await prisma.run.findUniqueOrThrow({ where: { id: runId } });
    expect(await store.columns((await store.findVersions([seriesVersionId]))[0]!)).toEqual(long);
  } finally {
    await close();
  }
});

test("where Prisma's own tool applied the migration, the next start moves the bars", async () => {
  const seriesId = await oldSeries("PRISMA", long);
  const names = (await readdir(migrationsFolder)).sort();
  const name = names.find((each) => each.endsWith(migration))!;
  await client.query(await readFile(join(migrationsFolder, name, "migration.sql"), "utf8"));
  await client.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('p', 'c', $1, now())`,
    [name],
  );
  const { store, close } = await upToDate();
  try {
    expect(await store.columns((await store.findById(seriesId))!.version)).toEqual(long);
  } finally {
    await close();
  }
});
