import { execFileSync, spawnSync } from "node:child_process";
import { chmod, chown, cp, mkdir, mkdtemp, readFile, realpath, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isReachable, sharedStateFolder } from "../../server/supervisor/database-home.ts";
import {
  type EmbeddedPostgres,
  findRunningPostgres,
  startEmbeddedPostgres,
} from "../../server/supervisor/embedded-postgres.ts";
import { databaseUser } from "../../server/supervisor/system-user.ts";

/** Containers often may not. */
const canMount = spawnSync("unshare", ["--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;
const isRoot = process.getuid?.() === 0;

let folder: string;
const running = new Map<string, EmbeddedPostgres>();
const homes = new Set<string>();

const start = async (data: string): Promise<EmbeddedPostgres> => {
  const postgres = await startEmbeddedPostgres(data);
  const home = await realpath(join(data, "postgres"));
  homes.add(home);
  running.set(home, postgres);
  return postgres;
};
const query = async <Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client.query<Row>(sql).then(
    ({ rows }) => client.end().then(() => rows),
    (error) => client.end().then(() => Promise.reject(error)),
  );
};
const postmaster = async (data: string): Promise<number> =>
  Number((await readFile(join(data, "postgres", "pg18", "postmaster.pid"), "utf8")).split("\n")[0]);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gatecast-postgres-"));
  await chmod(folder, 0o755);
});
afterEach(async () => {
  for (const postgres of running.values()) await postgres.stop();
  for (const home of homes) await rm(home, { recursive: true, force: true });
  running.clear();
  homes.clear();
  await rm(folder, { recursive: true });
});

describe("the embedded PostgreSQL", () => {
  const data = () => join(folder, "data");

  test("keeps its data from one start to the next", async () => {
    const first = await start(data());
    await query(first.url, "CREATE TABLE kept AS SELECT 42 AS answer");
    await first.stop();
    expect(await findRunningPostgres(data())).toBeNull();
    const second = await start(data());
    expect(await query(second.url, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
  });

  test("is found again when it is running already", async () => {
    const first = await start(data());
    expect(first.foundRunning).toBe(false);
    const second = await start(data());
    expect(second).toMatchObject({ url: first.url, foundRunning: true });
    expect(await findRunningPostgres(data())).toBe(first.url);
  });

  test("is one, when two first starts happen at the same moment", async () => {
    const [one, other] = await Promise.all([start(data()), start(data())]);
    expect(one.url).toBe(other.url);
    expect(await query(one.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  test("has lost no acknowledged row after a kill -9", async () => {
    const { url } = await start(data());
    await query(url, "CREATE TABLE kept (number INT)");
    let acknowledged = 0;
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => {});
    await client.connect();
    for (; acknowledged < 200; acknowledged++)
      await client.query(`INSERT INTO kept VALUES (${acknowledged})`);
    process.kill(await postmaster(data()), "SIGKILL");
    await client.end().catch(() => {});
    const again = await start(data());
    expect(await query(again.url, "SELECT count(*)::int AS count FROM kept")).toEqual([
      { count: acknowledged },
    ]);
  });

  test("lets nobody in without its password", async () => {
    const url = new URL((await start(data())).url);
    url.password = "guessed";
    await expect(query(url.href, "SELECT 1")).rejects.toThrow(/password authentication failed/);
  });

  test("runs no part of its folder's name, whatever that is", async () => {
    const data = join(folder, "a\"b $(touch ran) `touch ran` \\ 'c'");
    const { url } = await start(data);
    expect(await query(url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    for (const place of [folder, data, "/", "."])
      await expect(stat(join(place, "ran"))).rejects.toThrow("ENOENT");
  });

  test("says in words why a folder cannot be used, and what to do", async () => {
    await writeFile(join(folder, "file"), "");
    await expect(start(join(folder, "file", "data"))).rejects.toThrow(
      /is a file and no folder. Point GATECAST_DATA/,
    );
  });

  test("knows upper and lower case beyond English", async () => {
    const { url } = await start(data());
    expect(await query(url, "SELECT lower('ÄÉΣ') AS lower, 'Ölpreis' ILIKE 'öl%' AS found")).toEqual([
      { lower: "äéσ", found: true },
    ]);
  });

  test("does not take the original's server for its own when the data folder was copied", async () => {
    const original = await start(data());
    await query(original.url, "CHECKPOINT");
    const copy = join(folder, "copy");
    await cp(data(), copy, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
    await expect(findRunningPostgres(copy)).resolves.toBeNull();
    expect(await query(original.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });
});

describe.skipIf(!isRoot)("the embedded PostgreSQL, started by root", () => {
  test("runs as a user of its own, where the system can make one", async () => {
    const data = join(folder, "data");
    await start(data);
    const { uid } = await stat(`/proc/${await postmaster(data)}`);
    expect(uid).not.toBe(0);
    expect(uid).toBe((await databaseUser()).uid);
  });

  test("stays with the user who made it, so that a database of an older release is found again", async () => {
    const data = join(folder, "data");
    await mkdir(join(data, "postgres"), { recursive: true, mode: 0o700 });
    await chown(join(data, "postgres"), 65534, 65534);
    await start(data);
    expect((await stat(`/proc/${await postmaster(data)}`)).uid).toBe(65534);
  });

  test.skipIf(!canMount)("says that a read-only file system is one, and what to do", async () => {
    const place = join(folder, "read-only");
    await mkdir(place);
    execFileSync("mount", ["-t", "tmpfs", "-o", "ro", "tmpfs", place]);
    try {
      await expect(start(join(place, "data"))).rejects.toThrow(/may be read-only\). Point GATECAST_DATA/);
      await expect(start(place)).rejects.toThrow(/read-only.+ Point GATECAST_DATA/);
    } finally {
      execFileSync("umount", [place]);
    }
  });

  test("works in a home folder that others cannot enter, finds its data again, and moves with the project", async () => {
    const home = join(folder, "home");
    await mkdir(home, { mode: 0o700 });
    const first = await start(join(home, "project", "gatecast-data"));
    expect(await realpath(join(home, "project", "gatecast-data", "postgres"))).toContain(sharedStateFolder);
    await query(first.url, "CREATE TABLE kept AS SELECT 42 AS answer");
    await first.stop();
    await cp(join(home, "project"), join(home, "moved"), { recursive: true, verbatimSymlinks: true });
    await rm(join(home, "project"), { recursive: true });
    const moved = await start(join(home, "moved", "gatecast-data"));
    expect(await query(moved.url, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
  });

  test("gives a copied project in a closed home folder a database of its own", async () => {
    const home = join(folder, "home");
    await mkdir(home, { mode: 0o700 });
    const original = await start(join(home, "original"));
    await cp(join(home, "original"), join(home, "copy"), { recursive: true, verbatimSymlinks: true });
    const copy = await start(join(home, "copy"));
    expect(copy.url).not.toBe(original.url);
    expect(copy.foundRunning).toBe(false);
  });
});

test("a folder is reachable for a user when every folder above lets that user pass", async () => {
  const stranger = { uid: 4_242, gid: 4_242 };
  const inner = join(folder, "outer", "inner");
  await mkdir(inner, { recursive: true });
  expect(await isReachable(inner, stranger)).toBe(true);
  await chmod(join(folder, "outer"), 0o700);
  expect(await isReachable(inner, stranger)).toBe(false);
  const { uid, gid } = await stat(inner);
  expect(await isReachable(inner, { uid, gid })).toBe(true);
});
