/** Starts one embedded PostgreSQL for the whole test run, with a migrated database to copy from. */
import { mkdtemp, readdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { migrate } from "../../server/db/migrate.ts";
import { findRunningPostgres, startEmbeddedPostgres } from "../../server/supervisor/embedded-postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of the server's maintenance database. */
    postgresUrl: string;
    templateDatabase: string;
  }
}

const templateDatabase = "gatecast";
const folderPrefix = "gatecast-test-";
// Nothing in a test run has to survive a power cut, and without the waiting for disks it is far faster.
const fast = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "300" };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftovers();
  const folder = await mkdtemp(join(tmpdir(), `${folderPrefix}${process.pid}-`));
  // Workers under test remember their engines here, and not in the home of whoever runs the tests.
  process.env.XDG_CACHE_HOME = join(folder, "cache");
  const postgres = await startEmbeddedPostgres(folder, { settings: fast });
  await migrate(postgres.url);
  const url = new URL(postgres.url);
  url.pathname = "/postgres";
  project.provide("postgresUrl", url.href);
  project.provide("templateDatabase", templateDatabase);
  return async () => {
    await postgres.stop();
    await removeFolder(folder);
  };
}

/** A test run that was killed leaves its database server behind. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = name.startsWith(folderPrefix)
      ? Number.parseInt(name.slice(folderPrefix.length), 10)
      : Number.NaN;
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    const folder = join(tmpdir(), name);
    const url = await findRunningPostgres(folder).catch(() => null);
    if (url !== null) await (await startEmbeddedPostgres(folder)).stop();
    await removeFolder(folder);
  }
}

async function removeFolder(folder: string): Promise<void> {
  const home = await realpath(join(folder, "postgres")).catch(() => null);
  if (home !== null) await rm(home, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
