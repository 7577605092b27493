/** Runs the PostgreSQL that npm installed, for those who bring no DATABASE_URL. Start, find again, stop. */
import { randomBytes, randomUUID } from "node:crypto";
import { chown, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { basename, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { prepareDatabaseHome } from "./database-home.ts";
import { withFolder } from "./folder-trouble.ts";
import { readyPostgresBinaries } from "./postgres-binaries.ts";
import { type Cluster, run, startServer, stopServer } from "./postgres-server.ts";
import { findPostmaster } from "./postmaster.ts";

export interface EmbeddedPostgres {
  /** Of the database "gatecast", with a superuser's name and password. */
  readonly url: string;
  /** True when a server from before was still running, as after a kill -9 of its supervisor. */
  readonly foundRunning: boolean;
  /** Ends all connections and waits until the server has stopped in good order. */
  stop(): Promise<void>;
}

const superuser = "gatecast";
const database = "gatecast";
const majorVersion = 18;
const startAttempts = 5;

export interface EmbeddedPostgresOptions {
  /** Any free one when absent. */
  readonly port?: number;
  /** Of postgresql.conf, on top of ours; names and values without spaces. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Starts the database server of a data folder, or finds the one that runs. A first start makes the folder. */
export async function startEmbeddedPostgres(
  dataFolder: string,
  options: EmbeddedPostgresOptions = {},
): Promise<EmbeddedPostgres> {
  const cluster = await withFolder(dataFolder, async () => {
    const located = await locate(dataFolder);
    await createOnce(located);
    return located;
  });
  for (let attempt = 1; ; attempt++) {
    const running = await findPostmaster(cluster.folder);
    const port = running?.port ?? (await start(cluster, options));
    try {
      await ensureDatabase(await urlOf(cluster, port, "postgres"));
      const url = await urlOf(cluster, port, database);
      return { url, foundRunning: running !== null, stop: () => stop(cluster) };
    } catch (error) {
      if (attempt === startAttempts) throw error;
      await delay(300 * attempt); // it was dying when we found it
    }
  }
}

/** Whether nothing uses the folder: its server stopped in good order, or there never was one. */
export async function hasStopped(dataFolder: string): Promise<boolean> {
  const pidFile = join(dataFolder, "postgres", `pg${majorVersion}`, "postmaster.pid");
  return (await stat(pidFile).catch(() => null)) === null;
}

/** The address of the database if its server runs already; starts nothing. */
export async function findRunningPostgres(dataFolder: string): Promise<string | null> {
  if ((await stat(join(dataFolder, "postgres")).catch(() => null)) === null) return null;
  const cluster = await locate(dataFolder);
  const running = await findPostmaster(cluster.folder);
  return running && urlOf(cluster, running.port, database);
}

async function locate(dataFolder: string): Promise<Cluster> {
  const home = await prepareDatabaseHome(dataFolder);
  return {
    runsAs: home.runsAs,
    binaries: await readyPostgresBinaries(home.runsAs, dataFolder),
    folder: join(home.folder, `pg${majorVersion}`),
  };
}

const passwordFile = (cluster: Cluster): string => join(cluster.folder, "gatecast-password");

async function urlOf(cluster: Cluster, port: number, name: string): Promise<string> {
  const password = (await readFile(passwordFile(cluster), "utf8")).trim();
  return `postgresql://${superuser}:${password}@127.0.0.1:${port}/${name}`;
}

/** Makes the cluster beside its place and then renames it, so that another start never sees half of it. */
async function createOnce(cluster: Cluster): Promise<void> {
  if ((await stat(join(cluster.folder, "PG_VERSION")).catch(() => null)) !== null) return;
  const beside = `${cluster.folder}.init-${randomUUID()}`;
  const password = `${beside}.password`;
  const { runsAs } = cluster;
  await mkdir(beside, { mode: 0o700 });
  // Without a password every user of the machine could connect as superuser, and so run programs as ours.
  await writeFile(password, `${randomBytes(24).toString("base64url")}\n`, { mode: 0o600 });
  if (runsAs !== null) {
    await chown(beside, runsAs.uid, runsAs.gid);
    await chown(password, runsAs.uid, runsAs.gid);
  }
  // PostgreSQL's own C.UTF-8 knows upper and lower case of all languages and needs no locale of the system.
  await run(cluster, cluster.binaries.initdb, [
    ...["-D", beside, "-U", superuser, "-A", "scram-sha-256", `--pwfile=${password}`, "-E", "UTF8"],
    ...["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"],
  ]);
  await rename(password, join(beside, basename(passwordFile(cluster))));
  try {
    await rename(beside, cluster.folder);
  } catch {
    await rm(beside, { recursive: true, force: true });
  }
}

async function start(cluster: Cluster, options: EmbeddedPostgresOptions): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startServer(cluster, {
        port: String(options.port ?? (await freePort())),
        listen_addresses: "127.0.0.1",
        unix_socket_directories: "",
        max_connections: "100",
        ...options.settings,
      });
    } catch (error) {
      if (attempt === startAttempts) throw error;
      await delay(300 * attempt); // after a kill -9 the old server's processes need a moment to notice
    }
  }
}

async function stop(cluster: Cluster): Promise<void> {
  if ((await findPostmaster(cluster.folder)) !== null) await stopServer(cluster);
}

async function ensureDatabase(maintenanceUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: maintenanceUrl });
  client.on("error", () => {}); // the query in hand fails too; without a listener the process would end
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [database]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${database}`);
  } catch (error) {
    const duplicates = ["42P04", "23505"]; // another start made it in the meantime
    if (!duplicates.includes((error as pg.DatabaseError).code ?? "")) throw error;
  } finally {
    await client.end();
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
