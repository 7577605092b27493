/** Decides where the embedded database lives and which user of the system runs it. */
import { createHash } from "node:crypto";
import {
  chmod,
  chown,
  lstat,
  mkdir,
  readFile,
  readlink,
  realpath,
  stat,
  symlink,
  unlink,
  writeFile,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import { databaseUser, type SystemUser } from "./system-user.ts";

export interface DatabaseHome {
  /** Absolute; the server's user can reach it. */
  readonly folder: string;
  /** Null: whoever runs Gatecast. */
  readonly runsAs: SystemUser | null;
}

/** Where root keeps what an unprivileged user must reach when the project itself lies in a closed folder. */
export const sharedStateFolder = "/var/lib/gatecast";

const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * The database's folder for a data folder: `<data>/postgres`. For root in a closed home folder it is a link to
 * a folder under `sharedStateFolder`, so that the next start, and a person who looks, find it.
 */
export async function prepareDatabaseHome(dataFolder: string): Promise<DatabaseHome> {
  await mkdir(dataFolder, { recursive: true });
  const inside = join(await realpath(dataFolder), "postgres");
  if (!isRoot()) {
    await mkdir(inside, { recursive: true, mode: 0o700 });
    return { folder: inside, runsAs: null };
  }
  // A database that was made by another user stays that user's.
  const owner = await stat(inside).catch(() => null);
  const runsAs =
    owner !== null && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : await databaseUser();
  const linked = (await lstat(inside).catch(() => null))?.isSymbolicLink() === true;
  if (!linked && (await makeReachable(dirname(inside), runsAs))) {
    await mkdir(inside, { recursive: true, mode: 0o700 });
    await chown(inside, runsAs.uid, runsAs.gid);
    return { folder: inside, runsAs };
  }
  return { folder: await homeOutside(inside, runsAs), runsAs };
}

/** Whether `user` may pass through every folder down to `folder`. Does not look at ACLs. */
export async function isReachable(folder: string, user: SystemUser): Promise<boolean> {
  return (await closedFolders(folder, user)).length === 0;
}

async function closedFolders(folder: string, user: SystemUser): Promise<string[]> {
  const closed: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    const { mode, uid, gid } = await stat(at);
    const mayPass = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & mayPass) === 0) closed.push(at);
    if (at === dirname(at)) return closed;
  }
}

/** Lets others pass through the data folder, not list it. Never changes the folders above it. */
async function makeReachable(dataFolder: string, user: SystemUser): Promise<boolean> {
  const closed = await closedFolders(dataFolder, user);
  if (closed.length === 1 && closed[0] === dataFolder) {
    await chmod(dataFolder, ((await stat(dataFolder)).mode & 0o777) | 0o011);
    return true;
  }
  return closed.length === 0;
}

async function homeOutside(link: string, runsAs: SystemUser): Promise<string> {
  const existing = await readlink(link).catch(() => null);
  if (existing !== null && (await belongsTo(existing, link))) return existing;
  if (existing === null && (await stat(link).catch(() => null)) !== null) {
    throw new Error(
      `The database in ${link} cannot be reached by the user it runs as (uid ${runsAs.uid}), because a folder ` +
        "above it is closed to others. Open the way (chmod o+x on each folder above), or point GATECAST_DATA elsewhere.",
    );
  }
  const key = createHash("sha256").update(link).digest("hex").slice(0, 16);
  const home = join(sharedStateFolder, key);
  await mkdir(sharedStateFolder, { recursive: true, mode: 0o755 });
  await mkdir(home, { recursive: true, mode: 0o700 });
  await chown(home, runsAs.uid, runsAs.gid);
  await writeFile(ownerFile(home), link);
  if (existing !== null) await unlink(link);
  await symlink(home, link);
  return home;
}

const ownerFile = (home: string): string => join(home, "belongs-to");

/**
 * A moved project keeps its database; a copied one must not share the original's, so it gets its own.
 */
async function belongsTo(home: string, link: string): Promise<boolean> {
  const owner = await readFile(ownerFile(home), "utf8").catch(() => null);
  if (owner === null) return false;
  if (owner === link) return true;
  const original = await readlink(owner).catch(() => null);
  if (original === home) return false;
  await writeFile(ownerFile(home), link);
  return true;
}
